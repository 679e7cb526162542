"""Logging that survives the process: encodes here, hands over to the Rust core, never blocks, prints or raises."""

from distributedlogs._core import __version__
from distributedlogs.config import LogConfig
from distributedlogs.context import bind, unbind_all
from distributedlogs.handler import LogHandler
from distributedlogs.logger import CloseReport, DistributedLogger
from distributedlogs.models import LogBatch, LogEntry

__all__ = [
    "CloseReport",
    "DistributedLogger",
    "LogBatch",
    "LogConfig",
    "LogEntry",
    "LogHandler",
    "__version__",
    "bind",
    "unbind_all",
]
