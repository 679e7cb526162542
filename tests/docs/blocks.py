"""The blocks of code of a document. Reads, never judges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Block:
    """A fenced block: where it is, what stands behind its fence, its lines."""

    path: Path
    line: int
    info: str
    lines: list[str]

    @property
    def word(self) -> str:
        """The language."""
        return self.info.partition(" ")[0]

    @property
    def mark(self) -> tuple[str, str]:
        """Such as ("not-run", "no engine")."""
        name, _, why = self.info.partition(" ")[2].partition(":")
        return name.strip(), why.strip()

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


def blocks(path: Path) -> Iterator[Block]:
    """All blocks, in order."""
    opened: tuple[int, str, str] | None = None
    lines: list[str] = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        text = line.strip()
        if opened is None and text.startswith("```"):
            fence = text[: len(text) - len(text.lstrip("`"))]
            opened, lines = (number, fence, text.lstrip("`").strip()), []
        elif opened and text == opened[1]:
            yield Block(path, opened[0], opened[2], lines)
            opened = None
        elif opened:
            lines.append(line)


def prose(path: Path) -> list[tuple[int, str]]:
    """The lines outside of blocks, with their numbers."""
    inside, kept = False, []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.strip().startswith("```"):
            inside = not inside
        elif not inside:
            kept.append((number, line))
    return kept
