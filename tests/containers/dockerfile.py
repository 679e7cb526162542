"""Reads a Dockerfile into stages of instructions; knows the words that ours uses and refuses all others."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"}


@dataclass(frozen=True)
class Instruction:
    """One instruction: its word, its text, the line where it begins."""

    word: str
    text: str
    line: int


@dataclass
class Stage:
    """One stage: its name, its base, and what is done to it."""

    name: str
    base: str
    instructions: list[Instruction] = field(default_factory=list)

    def last(self, word: str) -> str | None:
        """The text of the last instruction with this word."""
        return next((one.text for one in reversed(self.instructions) if one.word == word), None)

    def command(self) -> list[str]:
        """What a container of it runs, CMD behind ENTRYPOINT."""
        return [word for text in (self.last("ENTRYPOINT"), self.last("CMD")) if text for word in json.loads(text)]

    def health(self) -> list[str] | None:
        """What tells that a container of it is well."""
        text = self.last("HEALTHCHECK")
        return json.loads(text[text.index("CMD") + len("CMD") :]) if text else None


@dataclass(frozen=True)
class Copy:
    """What COPY copies: from the stage called `source` (None: the repository)."""

    source: str | None
    owner: str | None
    paths: list[str]
    to: str

    @classmethod
    def read(cls, text: str) -> Copy:
        """From the text of the instruction."""
        words = shlex.split(text)
        options = dict(word.removeprefix("--").split("=", 1) for word in words if word.startswith("--"))
        *paths, to = [word for word in words if not word.startswith("--")]
        return cls(options.get("from"), options.get("chown"), paths, to)


def stages(path: Path) -> list[Stage]:
    """The stages of a Dockerfile, in order."""
    found: list[Stage] = []
    for instruction in instructions(path.read_text()):
        if instruction.word not in KNOWN:
            raise SystemExit(
                f"{path}:{instruction.line}: {instruction.word} is not known here; teach tests/containers it"
            )
        if instruction.word == "FROM":
            base, _, name = re.split(r"\s+", instruction.text)
            found.append(Stage(name, base))
        else:
            found[-1].instructions.append(instruction)
    return found


def instructions(text: str) -> list[Instruction]:
    """The instructions, continued lines joined, comments left out."""
    found, parts, began = [], [], 0
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("#") or not (line.strip() or parts):
            continue
        began = began if parts else number
        parts.append(line.strip().removesuffix("\\").strip())
        if not line.rstrip().endswith("\\"):
            word, _, rest = " ".join(parts).partition(" ")
            found.append(Instruction(word.upper(), rest, began))
            parts = []
    return found
