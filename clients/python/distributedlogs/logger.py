"""The logger: start, flush, close, children, events. The verbs are native (`_core.pyi`); nothing here runs for them."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from distributedlogs import _core, lifecycle, sdk
from distributedlogs.config import LogConfig
from distributedlogs.events import Events

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from typing_extensions import Self


class CloseReport(NamedTuple):
    """What became of the records when a logger was closed. What waits is in the journal; the next start sends it."""

    sent: int
    waiting: int
    lost: int


class DistributedLogger(_core.Logger):
    """
    Logs into a journal that outlives the process, and sends from there. No call here blocks, prints or raises.

    `info(message, metadata)` and its siblings return True when the record is in the journal, False when it is below
    the level or was refused; `stats()` tells the reasons.
    """

    __slots__ = ("__weakref__", "_engine", "_events", "_report", "config")

    config: LogConfig
    _engine: _core.Engine
    _events: Events

    def __new__(cls, config: LogConfig | None = None, **options: Any) -> Self:
        """Prepare a logger from a `LogConfig`, or from its options by name. Starts no thread and sends nothing."""
        if config is None or options:
            given = config.model_dump(exclude_unset=True) if config is not None else {}
            config = LogConfig(**{**given, **options})
        explicit = {**config.model_dump(), "sdk": sdk.told()}
        engine = _core.Engine(json.dumps(explicit, default=str))
        self = cls._around(engine, None, config, Events(engine))
        lifecycle.opened(engine, self)
        return self

    @classmethod
    def _around(
        cls,
        engine: _core.Engine,
        bound: _core.Fields | None,
        config: LogConfig,
        events: Events,
    ) -> Self:
        self = super().__new__(cls, engine, bound)
        self.config = config
        self._engine = engine
        self._events = events
        return self

    def child(self, metadata: Mapping[str, object] | None = None, /, **fields: object) -> Self:
        """A logger with bound fields that shares everything else: stream, level, statistics, its end."""
        bound = _core.Fields(self._bound, {**(metadata or {}), **fields})
        return self._around(self._engine, bound, self.config, self._events)

    def start(self) -> None:
        """Begin to send. The first record does the same; only a logger that listens before it logs needs this."""
        self._engine.start()
        self._events.resume()

    def flush(self, timeout_s: float | None = None) -> int:
        """
        Wait until everything logged before is acknowledged; the answer is how many records are not.

        Without `timeout_s` it waits as long as closing may (`shutdown_timeout_ms`); 0 sends without waiting.
        """
        return self._engine.flush(self._milliseconds(timeout_s))

    def close(self, timeout_s: float | None = None) -> CloseReport:
        """Take no more records, send what waits within `timeout_s`, stop. A second call tells the same again."""
        report = CloseReport(*self._engine.close(self._milliseconds(timeout_s)))
        self._events.end()
        lifecycle.closed(self._engine)
        return report

    stop = close

    async def flush_async(self, timeout_s: float | None = None) -> int:
        """`flush` for asyncio: waits in another thread, not on the event loop."""
        return await asyncio.to_thread(self.flush, timeout_s)

    async def close_async(self, timeout_s: float | None = None) -> CloseReport:
        """`close` for asyncio: waits in another thread, not on the event loop."""
        return await asyncio.to_thread(self.close, timeout_s)

    def on(self, event: str, listener: Callable[[dict[str, Any]], object]) -> Callable[[], None]:
        """
        Call `listener(event)` in a thread of its own when it happens; "*" means all. The answer stops that.

        Events: state_changed, batch_sent, batch_failed, connection_failed, connection_restored, alert, records_lost,
        adopted. Each is a dict with its name under "name".
        """
        return self._events.on(event, listener)

    def stats(self) -> dict[str, Any]:
        """What was accepted, sent, refused and lost, by reason; the names are those of spec/wire.md."""
        return dict(json.loads(self._engine.stats()))

    @property
    def state(self) -> str:
        """stopped, starting, running, error, retrying, failed or stopping."""
        return self._engine.state()[0]

    @property
    def activity(self) -> str | None:
        """What a running logger does: batching or sending."""
        return self._engine.state()[1]

    @property
    def stream(self) -> str:
        """The stream that this process writes: `<32 hex digits>.<lane>`. With a sequence number it names a record."""
        return self._engine.stream()

    @property
    def level(self) -> str:
        """The lowest level that is recorded. It may be set at any time, for this logger and all its relatives."""
        return self._engine.level()

    @level.setter
    def level(self, level: str | int) -> None:
        self._engine.set_level(level)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close_async()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.config.service_name!r} {self.state}>"

    def _milliseconds(self, timeout_s: float | None) -> int:
        if timeout_s is None:
            return self.config.shutdown_timeout_ms
        return max(0, round(timeout_s * 1000))

    def _after_fork_in_child(self) -> None:
        self._events.after_fork_in_child()
        self._engine.call_at_next_record(self._events.resume)
