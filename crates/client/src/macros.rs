//! The macros: `info!(logger, "order {id} placed", total = 249.99, user = ?user, path = %path)`. Disabled: one load.

/// Logs with a level that is known only at run time: `log!(logger, level, "message", key = value, …)`.
///
/// The message is a literal with inline arguments, or any `&str`. A value is anything [`ToValue`](crate::ToValue); `?value` is
/// written with `Debug`, `%value` with `Display`; a key alone takes the variable of that name; a key may be a literal:
/// `"http.status" = 200`.
#[macro_export]
macro_rules! log {
    ($logger:expr, $level:expr, $message:literal $(, $($fields:tt)*)?) => {{
        let (logger, level): (&$crate::Logger, $crate::Level) = (&$logger, $level);
        if logger.enabled(level) {
            logger.write(level, $crate::Kind::Log, ::core::format_args!($message), |fields| {
                $crate::__fields!(fields; $($($fields)*)?);
            })
        } else {
            $crate::Outcome::Filtered
        }
    }};
    ($logger:expr, $level:expr, $message:expr $(, $($fields:tt)*)?) => {{
        let (logger, level): (&$crate::Logger, $crate::Level) = (&$logger, $level);
        if logger.enabled(level) {
            let message = &$message;
            logger.write_text(level, $crate::Kind::Log, ::core::convert::AsRef::<str>::as_ref(message), |fields| {
                $crate::__fields!(fields; $($($fields)*)?);
            })
        } else {
            $crate::Outcome::Filtered
        }
    }};
}

/// Logs at TRACE: steps of an algorithm, for its author. See [`log!`].
#[macro_export]
macro_rules! trace { ($logger:expr, $($rest:tt)+) => { $crate::log!($logger, $crate::Level::Trace, $($rest)+) }; }

/// Logs at DEBUG: for whoever looks for a defect. See [`log!`].
#[macro_export]
macro_rules! debug { ($logger:expr, $($rest:tt)+) => { $crate::log!($logger, $crate::Level::Debug, $($rest)+) }; }

/// Logs at INFO: the normal course of things. See [`log!`].
#[macro_export]
macro_rules! info { ($logger:expr, $($rest:tt)+) => { $crate::log!($logger, $crate::Level::Info, $($rest)+) }; }

/// Logs at WARNING: something that should be looked at, and did no harm yet. See [`log!`].
#[macro_export]
macro_rules! warning { ($logger:expr, $($rest:tt)+) => { $crate::log!($logger, $crate::Level::Warning, $($rest)+) }; }

/// Logs at ERROR: something failed. Sent within 50 ms. See [`log!`].
#[macro_export]
macro_rules! error { ($logger:expr, $($rest:tt)+) => { $crate::log!($logger, $crate::Level::Error, $($rest)+) }; }

/// Logs at CRITICAL: the program or a vital part of it cannot go on. Sent within 50 ms. See [`log!`].
#[macro_export]
macro_rules! critical { ($logger:expr, $($rest:tt)+) => { $crate::log!($logger, $crate::Level::Critical, $($rest)+) }; }

#[doc(hidden)]
#[macro_export]
macro_rules! __fields {
    ($to:ident; ) => { let _ = $to; };
    ($to:ident; $key:ident = ?$value:expr $(, $($rest:tt)*)?) => {
        $to.add(stringify!($key), &$crate::debug(&$value)); $crate::__fields!($to; $($($rest)*)?);
    };
    ($to:ident; $key:ident = %$value:expr $(, $($rest:tt)*)?) => {
        $to.add(stringify!($key), &$crate::display(&$value)); $crate::__fields!($to; $($($rest)*)?);
    };
    ($to:ident; $key:ident = $value:expr $(, $($rest:tt)*)?) => {
        $to.add(stringify!($key), &$value); $crate::__fields!($to; $($($rest)*)?);
    };
    ($to:ident; $key:literal = ?$value:expr $(, $($rest:tt)*)?) => {
        $to.add($key, &$crate::debug(&$value)); $crate::__fields!($to; $($($rest)*)?);
    };
    ($to:ident; $key:literal = %$value:expr $(, $($rest:tt)*)?) => {
        $to.add($key, &$crate::display(&$value)); $crate::__fields!($to; $($($rest)*)?);
    };
    ($to:ident; $key:literal = $value:expr $(, $($rest:tt)*)?) => {
        $to.add($key, &$value); $crate::__fields!($to; $($($rest)*)?);
    };
    ($to:ident; ?$key:ident $(, $($rest:tt)*)?) => {
        $to.add(stringify!($key), &$crate::debug(&$key)); $crate::__fields!($to; $($($rest)*)?);
    };
    ($to:ident; %$key:ident $(, $($rest:tt)*)?) => {
        $to.add(stringify!($key), &$crate::display(&$key)); $crate::__fields!($to; $($($rest)*)?);
    };
    ($to:ident; $key:ident $(, $($rest:tt)*)?) => {
        $to.add(stringify!($key), &$key); $crate::__fields!($to; $($($rest)*)?);
    };
}
