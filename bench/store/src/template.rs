//! What is logged: twenty calls, as they stand in programs. `{key}` is a value inside of the message.

use dlogs_record::Level;
use dlogs_record::Level::{Debug, Error, Info, Trace, Warning};

/// One call of a logger.
pub(crate) struct Template {
    pub(crate) level: Level,
    /// Of 1000 records.
    pub(crate) share: usize,
    pub(crate) logger: &'static str,
    pub(crate) message: &'static str,
    /// Values that are only in the message.
    pub(crate) inside: &'static [&'static str],
    /// Values that are fields.
    pub(crate) fields: &'static [&'static str],
    /// Background work belongs to no trace.
    pub(crate) traced: bool,
    /// Type and text of the error, and whether its stack is logged.
    pub(crate) error: Option<(&'static str, &'static str, bool)>,
}

const fn call(
    level: Level,
    share: usize,
    logger: &'static str,
    message: &'static str,
    [inside, fields]: [&'static [&'static str]; 2],
) -> Template {
    Template { level, share, logger, message, inside, fields, traced: true, error: None }
}

const fn untraced(template: Template) -> Template {
    Template { traced: false, ..template }
}

const fn failed(error: &'static str, text: &'static str, stack: bool, of: Template) -> Template {
    Template { error: Some((error, text, stack)), ..of }
}

/// The shares add up to 1000.
#[rustfmt::skip]
pub(crate) static TEMPLATES: [Template; 20] = [
    call(Info, 180, "http.access", "{method} {path} {status} in {duration_ms} ms", [&["method", "path", "status", "duration_ms"], &["user_id", "ip", "bytes"]]),
    call(Info, 120, "auth.login", "User logged in", [&[], &["user_id", "ip", "login_method"]]),
    call(Info, 100, "orders.accept", "Order {order_id} accepted", [&["order_id"], &["user_id", "items", "amount"]]),
    call(Info, 80, "payments.capture", "Payment captured", [&[], &["order_id", "amount", "provider", "duration_ms"]]),
    call(Debug, 70, "cache", "Cache {outcome} for key user:{user_id}", [&["outcome", "user_id"], &["shard"]]),
    call(Debug, 50, "db.query", "Query finished", [&[], &["table", "rows", "duration_ms"]]),
    call(Info, 60, "events.publish", "Message published", [&[], &["topic", "partition", "offset"]]),
    call(Info, 50, "search.query", "Search of user {user_id} found {rows} results", [&["user_id", "rows"], &["duration_ms", "cached"]]),
    call(Info, 40, "auth.session", "Session refreshed", [&[], &["user_id", "ip", "device"]]),
    call(Info, 40, "shipping.book", "Shipment booked", [&[], &["order_id", "carrier", "region"]]),
    untraced(call(Info, 30, "jobs", "Job {job} finished in {duration_ms} ms", [&["job", "duration_ms"], &["rows"]])),
    untraced(call(Info, 20, "health", "Health check passed", [&[], &["duration_ms"]])),
    call(Warning, 30, "db.slow", "Slow query on {table}: {duration_ms} ms", [&["table", "duration_ms"], &["rows"]]),
    call(Warning, 25, "http.client", "Retrying request to {upstream}", [&["upstream"], &["attempt", "status", "duration_ms"]]),
    call(Warning, 20, "http.limit", "Rate limit reached", [&[], &["user_id", "ip", "path"]]),
    call(Warning, 10, "stock", "Stock of {sku} is low", [&["sku"], &["left", "region"]]),
    failed("CardDeclined", "the issuer said no", false, call(Error, 25, "payments.capture", "Payment declined", [&[], &["order_id", "user_id", "provider"]])),
    failed("TimeoutError", "no answer in time", false, call(Error, 15, "http.client", "No answer from {upstream} after {duration_ms} ms", [&["upstream", "duration_ms"], &["attempt"]])),
    failed("NullPointerException", "cart is null", true, call(Error, 5, "http.server", "Unhandled exception", [&[], &["path", "user_id"]])),
    call(Trace, 30, "trace.span", "Span closed", [&[], &["span", "duration_ms"]]),
];

/// What stands where a stack is logged; nine frames, as frameworks have them.
pub(crate) const STACK: &str = "\
    at shop.cart.Cart.total(Cart.java:88)
    at shop.cart.CartService.price(CartService.java:41)
    at shop.orders.OrderService.accept(OrderService.java:137)
    at shop.orders.OrderController.post(OrderController.java:52)
    at web.mvc.Invocable.doInvoke(Invocable.java:255)
    at web.mvc.Invocable.invokeForRequest(Invocable.java:188)
    at web.mvc.Dispatcher.doDispatch(Dispatcher.java:1089)
    at web.mvc.Dispatcher.doService(Dispatcher.java:979)
    at java.lang.Thread.run(Thread.java:1583)";

/// For each of 1000 throws, the template.
pub(crate) fn wheel() -> Vec<&'static Template> {
    TEMPLATES.iter().flat_map(|template| std::iter::repeat_n(template, template.share)).collect()
}
