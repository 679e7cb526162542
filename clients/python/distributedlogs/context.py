"""Fields that belong to every record of the current context: a task, a request, a thread."""

from __future__ import annotations

from contextlib import suppress
from contextvars import ContextVar, Token
from typing import TYPE_CHECKING

from distributedlogs import _core

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from typing_extensions import Self

_current: ContextVar[_core.Fields | None] = ContextVar("distributedlogs", default=None)


class Binding:
    """Fields that are bound until the `with` block ends, or until the context does."""

    __slots__ = ("_token",)

    def __init__(self, token: Token[_core.Fields | None]) -> None:
        self._token: Token[_core.Fields | None] | None = token

    def unbind(self) -> None:
        """Take the fields away again; a second call does nothing."""
        token, self._token = self._token, None
        if token is not None:
            # A generator that is finalized elsewhere ends in another context, which has nothing to take away.
            with suppress(ValueError):
                _current.reset(token)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.unbind()


def bind(metadata: Mapping[str, object] | None = None, /, **fields: object) -> Binding:
    """
    Bind fields to the current context: every record of every logger carries them.

    Tasks and threads that asyncio starts inherit them; what they bind themselves stays theirs. The value may be used
    in a `with` statement, which takes the fields away at its end. A record's own field of the same name wins.
    """
    _core.use_context(_current.get)
    return Binding(_current.set(_core.Fields(_current.get(), {**(metadata or {}), **fields})))


def unbind_all() -> None:
    """Take away everything that is bound to the current context."""
    _current.set(None)
