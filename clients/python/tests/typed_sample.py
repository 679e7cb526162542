"""A program that a user might write, checked by mypy strict and pyright strict; never run."""

import logging
from typing import Any

from distributedlogs import (
    CloseReport,
    DistributedLogger,
    LogBatch,
    LogConfig,
    LogEntry,
    LogHandler,
    bind,
)
from distributedlogs.structlog import LogProcessor


class Shop:
    def __init__(self, logger: DistributedLogger) -> None:
        self.logger = logger.child(component="shop")

    def order(self, order_id: int) -> bool:
        with bind(order_id=order_id):
            self.logger.debug("order", {"id": order_id})
            self.logger.custom("payment_completed", {"amount": 99.99}, currency="USD")
            return self.logger.info("order placed", order_id=order_id)


def on_alert(event: dict[str, Any]) -> None:
    print(event["message"])


async def main() -> int:
    config = LogConfig(endpoint="http://localhost:5000/api/logs", service_name="shop", level="debug")
    async with DistributedLogger(config) as logger:
        off = logger.on("alert", on_alert)
        Shop(logger).order(1)
        logging.getLogger().addHandler(LogHandler(logger, level=logging.INFO))
        processor = LogProcessor(logger, forward=True)
        processor(None, "info", {"event": "x"})
        off()
        state: str = logger.state
        stats: dict[str, Any] = logger.stats()
        print(state, stats, logger.is_enabled_for("info"))
        return await logger.flush_async(timeout_s=1.5)


def close(logger: DistributedLogger) -> CloseReport:
    return logger.close()


def read(answer: str) -> list[LogEntry]:
    return LogBatch.model_validate_json(answer).entries
