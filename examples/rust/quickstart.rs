//! The quick start of the README: `cargo run -p dlogs --example quickstart`, with `dlogs serve` running.

use dlogs::{Logger, error, info};

fn main() -> Result<(), dlogs::OptionError> {
    let logger =
        Logger::builder().service_name("my-application").component_name("user-service").build()?;

    info!(logger, "User logged in successfully", user_id = 12345, login_method = "oauth");
    error!(
        logger,
        "Database connection failed",
        database = "users-db",
        error_code = "CONN_TIMEOUT"
    );
    logger.custom("payment_completed", [("currency", "USD"), ("transaction_id", "txn_abc123")]);

    let request = logger.child([("request_id", "r-17")]);
    info!(request, "handled", status = 200, took_ms = 45.5);

    let closed = logger.close();
    assert_eq!(closed.lost, 0);
    Ok(())
}
