//! The values of records, by their keys, with the entropy that they have in a real service.

use std::fmt::{self, Display, Formatter};

use crate::dice::Dice;

/// A typed value.
pub(crate) enum Value {
    Int(i64),
    Float(f64),
    Bool(bool),
    Name(&'static str),
    Text(String),
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Value::Int(number) => number.fmt(f),
            Value::Float(number) => number.fmt(f),
            Value::Bool(truth) => truth.fmt(f),
            Value::Name(text) => text.fmt(f),
            Value::Text(text) => text.fmt(f),
        }
    }
}

const USERS: u64 = 200_000;
const METHODS: [&str; 6] = ["GET", "GET", "GET", "POST", "PUT", "DELETE"];
const PATHS: [&str; 12] = [
    "/api/users",
    "/api/orders",
    "/api/orders/open",
    "/api/search",
    "/api/cart",
    "/api/payments",
    "/api/session",
    "/login",
    "/logout",
    "/health",
    "/static/app.js",
    "/static/app.css",
];
const STATUSES: [i64; 12] = [200, 200, 200, 200, 200, 200, 201, 204, 304, 404, 429, 503];
const LOGIN_METHODS: [&str; 4] = ["password", "oauth", "passkey", "sso"];
const PROVIDERS: [&str; 4] = ["stripe", "adyen", "paypal", "klarna"];
const OUTCOMES: [&str; 3] = ["hit", "hit", "miss"];
const TABLES: [&str; 8] =
    ["users", "orders", "order_items", "payments", "sessions", "stock", "shipments", "audit"];
const TOPICS: [&str; 5] = ["orders.v1", "payments.v1", "mail.v2", "stock.v1", "audit.v1"];
const DEVICES: [&str; 5] = ["ios", "android", "firefox", "chrome", "safari"];
const CARRIERS: [&str; 4] = ["dhl", "ups", "fedex", "post"];
const REGIONS: [&str; 6] = ["eu-west", "eu-central", "us-east", "us-west", "ap-south", "sa-east"];
const JOBS: [&str; 6] = ["cleanup", "billing-run", "reindex", "mail-digest", "export", "backup"];
const UPSTREAMS: [&str; 5] = ["payments", "stock", "search", "mail", "geo"];

/// What the dice show for this key.
pub(crate) fn of(key: &'static str, dice: &mut Dice) -> Value {
    match key {
        // Ids do not look like ranks: the busiest user has any number.
        "user_id" => Value::Int((10_000 + dice.zipf(USERS) * 7919 % 999_983) as i64),
        "order_id" => Value::Int(40_000_000 + dice.below(50_000_000) as i64),
        "ip" => Value::Text(ip(dice)),
        // Most take a few milliseconds, some seconds; clocks show microseconds.
        "duration_ms" => Value::Float((10_f64.powf(dice.unit() * 3.5) * 1000.0).round() / 1000.0),
        "amount" => Value::Float((dice.below(30_000) + 199) as f64 / 100.0),
        "bytes" => Value::Int(10_f64.powf(2.0 + dice.unit() * 3.0) as i64),
        "rows" => Value::Int(dice.zipf(5_000) as i64 - 1),
        "offset" => Value::Int(700_000_000 + dice.below(9_000_000) as i64),
        "span" => Value::Text(format!("{:016x}", dice.number())),
        "sku" => Value::Text(format!("SKU-{:05}", dice.zipf(20_000))),
        "items" => Value::Int(dice.zipf(12) as i64),
        "left" | "attempt" => Value::Int(1 + dice.below(5) as i64),
        "shard" | "partition" => Value::Int(dice.below(16) as i64),
        "cached" => Value::Bool(dice.below(3) == 0),
        "status" => Value::Int(dice.one_of(&STATUSES)),
        "method" => Value::Name(dice.one_of(&METHODS)),
        "path" => Value::Name(dice.one_of(&PATHS)),
        "login_method" => Value::Name(dice.one_of(&LOGIN_METHODS)),
        "provider" => Value::Name(dice.one_of(&PROVIDERS)),
        "outcome" => Value::Name(dice.one_of(&OUTCOMES)),
        "table" => Value::Name(dice.one_of(&TABLES)),
        "topic" => Value::Name(dice.one_of(&TOPICS)),
        "device" => Value::Name(dice.one_of(&DEVICES)),
        "carrier" => Value::Name(dice.one_of(&CARRIERS)),
        "region" => Value::Name(dice.one_of(&REGIONS)),
        "job" => Value::Name(dice.one_of(&JOBS)),
        "upstream" => Value::Name(dice.one_of(&UPSTREAMS)),
        // A test asks for every key of every template.
        _ => Value::Name("?"),
    }
}

fn ip(dice: &mut Dice) -> String {
    let bits = dice.number();
    let part = |at: u64| (bits >> at) & 0xff;
    format!("{}.{}.{}.{}", 1 + part(0) % 223, part(8), part(16), part(24))
}
