"""What happens to open loggers when the interpreter ends or the process forks. Nothing is imported for it."""

from __future__ import annotations

import atexit
import os
import sys
import time
from typing import TYPE_CHECKING

from distributedlogs import _core

if TYPE_CHECKING:
    from distributedlogs.logger import DistributedLogger

#: Open loggers by engine. They stay alive until they are closed, so that a forgotten one still delivers its records.
_open: dict[_core.Engine, DistributedLogger] = {}


class _AtProcessEnd:
    """The object that `multiprocessing` keeps for its hooks."""


_hook = _AtProcessEnd()


def opened(engine: _core.Engine, logger: DistributedLogger) -> None:
    """Remember a logger until it is closed."""
    _open[engine] = logger
    _finalize_child(_hook)


def closed(engine: _core.Engine) -> None:
    """Forget the logger of this engine."""
    _open.pop(engine, None)


def close_all() -> None:
    """Close every open logger; together they take no longer than the slowest may."""
    _core.stop_asking()
    loggers = list(_open.values())
    allowed_ms = max((one.config.shutdown_timeout_ms for one in loggers), default=0)
    deadline = time.monotonic() + allowed_ms / 1000
    for logger in loggers:
        left_s = max(0.0, deadline - time.monotonic())
        logger.close(timeout_s=min(left_s, logger.config.shutdown_timeout_ms / 1000))


def _finalize_child(_: _AtProcessEnd) -> None:
    """Register with `multiprocessing`, whose children end without `atexit`."""
    process = sys.modules.get("multiprocessing.process")
    if process is None or process.parent_process() is None or os.getpid() in _finalized:
        return
    _finalized.add(os.getpid())
    sys.modules["multiprocessing.util"].Finalize(None, close_all, exitpriority=0)


#: Processes in which the children's hook is set.
_finalized: set[int] = set()


def _after_fork_in_child() -> None:
    for logger in list(_open.values()):
        logger._after_fork_in_child()  # noqa: SLF001 (the two modules are one room)
    # multiprocessing clears its finalizers in the child before it runs these hooks, so they are set from one.
    util = sys.modules.get("multiprocessing.util")
    if util is not None:
        util.register_after_fork(_hook, _finalize_child)


atexit.register(close_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork_in_child)
