"""The standard library's `logging` into a logger. Takes no lock and never calls `logging` itself."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from distributedlogs.logger import DistributedLogger

if TYPE_CHECKING:
    from distributedlogs.config import LogConfig

#: What every LogRecord has. Everything else came with `extra` and becomes metadata.
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class LogHandler(logging.Handler):
    """
    Sends records of `logging` to a `DistributedLogger`, or to one of its own made from options.

    `extra` becomes metadata, `exc_info` the record's error, the logger's and the thread's name travel along. The
    message is formatted by `logging`'s own rules, and by a formatter only if one was set.
    """

    def __init__(
        self,
        logger: DistributedLogger | None = None,
        level: int | str = logging.NOTSET,
        *,
        config: LogConfig | None = None,
        **options: Any,
    ) -> None:
        super().__init__(level)
        self._owned = logger is None
        self.target = DistributedLogger(config, **options) if logger is None else logger

    def handle(self, record: logging.LogRecord) -> bool:
        """Filter and emit, without the handler's lock: the journal needs none, and none can be forgotten in a fork."""
        verdict: Any = self.filter(record)  # since Python 3.12 a filter may answer with another record
        if verdict:
            self.emit(verdict if isinstance(verdict, logging.LogRecord) else record)
        return bool(verdict)

    def emit(self, record: logging.LogRecord) -> None:
        """Record one entry. A message that cannot be formatted travels unformatted, with its arguments."""
        fields: dict[Any, Any] = {"@logger": record.name, "@thread": record.threadName}
        try:
            message = self.format(record) if self.formatter else record.getMessage()
        except Exception:  # noqa: BLE001 (any error of a user's __str__)
            message = record.msg
            fields["args"] = record.args
        fields |= {key: value for key, value in vars(record).items() if key not in _OWN}
        if record.stack_info:
            fields["stack_info"] = record.stack_info
        created_ns = int(record.created * 1_000_000_000)
        self.target._record(record.levelno, message, fields, created_ns, record.exc_info)  # noqa: SLF001

    def flush(self) -> None:
        """Ask for sending, without waiting: `logging` calls this with its global lock taken."""
        self.target.flush(0)

    def close(self) -> None:
        """Close the logger, if it is this handler's own."""
        if self._owned:
            self.target.close()
        super().close()
