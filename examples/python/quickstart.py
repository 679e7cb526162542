"""Logs a few records. Start a server first (`dlogs serve`), then watch http://localhost:5000."""

from distributedlogs import DistributedLogger, bind

with DistributedLogger(service_name="quickstart", component_name="main") as logger:
    logger.info("Service started", {"version": "1.4.2"})
    logger.warning("Rate limit approaching", current_rate=950, limit=1000)

    # Fields of every record in this block, in this task.
    with bind(request_id="r-7f3a"):
        logger.info("Request processed", path="/api/users", response_time_ms=45)

    # A logger with fields of its own.
    payments = logger.child(component="payments")
    payments.custom("payment_completed", {"amount": 99.99, "currency": "USD"})

    try:
        1 / 0  # noqa: B018
    except ZeroDivisionError:
        logger.exception("Could not divide", {"by": 0})

    unacknowledged = logger.flush(timeout_s=10)
    print(f"{unacknowledged} records wait for a server, safe in the journal")
