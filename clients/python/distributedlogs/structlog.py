"""A structlog processor that hands events to a logger. Put it at the end of the chain, instead of a renderer."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from structlog import DropEvent

from distributedlogs.generated import levels

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from distributedlogs.logger import DistributedLogger

#: Keys that other processors of structlog write, and what a record calls them.
_RESERVED = {
    "logger": "@logger",
    "logger_name": "@logger",
    "thread_name": "@thread",
    "exception": "@error.stack",
}
_NUMBERS = (5, logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL)


class LogProcessor:
    """Records each event. With `forward=True` the event goes on to the next processor, else it ends here."""

    def __init__(self, logger: DistributedLogger, *, forward: bool = False) -> None:
        self._logger = logger
        self._forward = forward

    def __call__(
        self, _logger: Any, method_name: str, event_dict: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        """Record one event; the level is what the chain set, else the method's name."""
        fields = {_RESERVED.get(key, key): value for key, value in event_dict.items()}
        message = fields.pop("event", "")
        name = str(fields.pop("level", method_name)).lower()
        exc_info = fields.pop("exc_info", name == "exception" or None)
        level = levels.SYNONYMS.get("error" if name == "exception" else name, levels.INFO)
        self._logger._record(_NUMBERS[level], message, fields, 0, exc_info)  # noqa: SLF001
        if not self._forward:
            raise DropEvent
        return event_dict
