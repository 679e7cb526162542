"""What the client tells about itself, to Python listeners. A thread exists only while somebody listens."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from distributedlogs import _core

#: How long the thread waits in the core before it looks around: the longest that ending it can take.
POLL_MS = 200


class Events:
    """The listeners of one engine, and the thread that asks the core for events and calls them."""

    def __init__(self, engine: _core.Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._listeners: dict[str, tuple[Callable[[dict[str, Any]], object], ...]] = {}
        self._source: _core.Listener | None = None
        self._thread: threading.Thread | None = None
        self._ended = threading.Event()

    def on(self, name: str, listener: Callable[[dict[str, Any]], object]) -> Callable[[], None]:
        """Call `listener` with every event of this name, "*" for all; the answer stops that."""
        with self._lock:
            self._listeners[name] = (*self._listeners.get(name, ()), listener)
        self.resume()

        def off() -> None:
            with self._lock:
                left = tuple(one for one in self._listeners.get(name, ()) if one is not listener)
                self._listeners[name] = left

        return off

    def resume(self) -> None:
        """Start the thread where somebody listens and none runs: at first, and in the child of a fork."""
        with self._lock:
            running = self._thread is not None and self._thread.is_alive()
            if running or self._ended.is_set() or not any(self._listeners.values()):
                return
            self._source = self._source or self._engine.listen()
            run = partial(self._run, self._source)
            self._thread = threading.Thread(target=run, name="dlogs-events", daemon=True)
            # At the interpreter's end no thread can be started any more; the events then stay in the core.
            with suppress(RuntimeError):
                self._thread.start()

    def after_fork_in_child(self) -> None:
        """Forget the parent's thread, which does not exist here, and what it may have held locked."""
        self._lock = threading.Lock()
        self._source = None
        self._thread = None

    def end(self) -> None:
        """Deliver what has happened, then stop. Called from a listener, it does not wait for itself."""
        self._ended.set()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout=5 * POLL_MS / 1000)

    def _run(self, source: _core.Listener) -> None:
        while True:
            last_round = self._ended.is_set()
            for event in json.loads(source.poll(0 if last_round else POLL_MS)):
                self._deliver(event)
            if last_round or not any(self._listeners.values()):
                return

    def _deliver(self, event: dict[str, Any]) -> None:
        for name in (event["name"], "*"):
            for listener in self._listeners.get(name, ()):
                # A listener's error is the listener's: there is nobody here to raise it to.
                with suppress(Exception):
                    listener(event)
