"""A client that logs like a small shop, for the page and the demo. `python -m distributedlogs.demo --help`."""

from __future__ import annotations

import argparse
import itertools
import random
import time
from typing import Any

from distributedlogs.config import LogConfig
from distributedlogs.logger import DistributedLogger

#: Records are sent in bursts, as requests come.
BURST = 50
PAUSE_S = 0.05

_PATHS = ("/api/users", "/api/orders", "/api/cart", "/checkout", "/search", "/health")
_METHODS = ("GET", "GET", "GET", "POST", "PUT", "DELETE")
_CURRENCIES = ("USD", "EUR", "GBP", "JPY")


class PaymentDeclinedError(Exception):
    """What goes wrong in a shop."""


def log_one(logger: DistributedLogger, message: str | None, demo_id: str) -> bool:
    """One record of the kinds and in the proportions of a service under load; `message` replaces its text."""
    draw = random.random()  # noqa: S311 (no secret depends on it)
    fields: dict[str, Any] = {"demo_id": demo_id, "user_id": random.randint(1, 9999)}  # noqa: S311
    if draw < 0.80:  # noqa: PLR2004 (the proportions are here, and only here)
        fields |= {"path": random.choice(_PATHS), "method": random.choice(_METHODS)}  # noqa: S311
        fields["response_time_ms"] = round(random.lognormvariate(3, 0.8), 1)
        return logger.info(message or "Request processed", fields)
    if draw < 0.90:  # noqa: PLR2004
        fields |= {"current_rate": random.randint(900, 1000), "limit": 1000}  # noqa: S311
        return logger.warning(message or "Rate limit approaching", fields)
    if draw < 0.97:  # noqa: PLR2004
        fields |= {"amount": round(random.uniform(1, 500), 2)}  # noqa: S311
        fields["currency"] = random.choice(_CURRENCIES)  # noqa: S311
        return logger.custom(message or "payment_completed", fields)
    try:
        raise PaymentDeclinedError("the bank said no")  # noqa: EM101, TRY003, TRY301 (a demo of a traceback)
    except PaymentDeclinedError:
        return logger.exception(message or "Payment failed", fields)


def run(logger: DistributedLogger, count: int | None, prefix: str, *, named: bool) -> int:
    """Log `count` records (None: for ever) in bursts; how many were accepted."""
    accepted = 0
    # A page that somebody watches shows one record after the other.
    burst = 1 if count is None else BURST
    for number in itertools.count(1):
        if count is not None and number > count:
            return accepted
        demo_id = f"{prefix}-{number}"
        accepted += log_one(logger, demo_id if named else None, demo_id)
        if number % burst == 0:
            time.sleep(PAUSE_S)
    return accepted


def main() -> None:
    """Parse the command line, log, and leave nothing behind."""
    parser = argparse.ArgumentParser(prog="python -m distributedlogs.demo", description=__doc__)
    parser.add_argument("--endpoint", help="where to send (default: as every logger)")
    parser.add_argument("--records", type=int, help="log so many, flush, close (default: until Ctrl-C)")
    parser.add_argument("--prefix", default="python", help="what every demo_id begins with")
    parser.add_argument(
        "--check",
        type=int,
        help="as --records, with the demo_id as message; says what was accepted",
    )
    given = parser.parse_args()
    count = given.check if given.check is not None else given.records
    options: dict[str, Any] = {"endpoint": given.endpoint} if given.endpoint else {}
    config = LogConfig(
        service_name="demo-check" if given.check is not None else "demo-shop",
        component_name="python",
        batch_interval_ms=200,
        **options,
    )
    accepted = 0
    with DistributedLogger(config) as logger:
        try:
            accepted = run(logger, count, given.prefix, named=given.check is not None)
        except KeyboardInterrupt:
            logger.info("Demo stopped", {"demo_id": given.prefix})
        if count is not None and logger.flush(60):
            parser.exit(1, "the server did not acknowledge everything within 60 s; the rest is in the journal\n")
    if given.check is not None:
        print(f"accepted {accepted}")  # noqa: T201 (what --check is for)


if __name__ == "__main__":
    main()
