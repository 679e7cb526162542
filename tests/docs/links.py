"""Every relative link leads to a file, every anchor to a heading. Links to other hosts are not followed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from blocks import prose

if TYPE_CHECKING:
    from pathlib import Path

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
ELSEWHERE = ("http://", "https://", "mailto:")


def slug(heading: str) -> str:
    """A heading's anchor, as GitHub makes it."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", text.replace("`", "")).replace(" ", "-")


def anchors(path: Path) -> set[str]:
    """All anchors of a document; headings of the same text are numbered."""
    found: set[str] = set()
    for _, line in prose(path):
        if match := re.match(r"#{1,6} +(.*)", line):
            name, count = slug(match[1]), 0
            while name in found:
                count += 1
                name = f"{slug(match[1])}-{count}"
            found.add(name)
        found.update(re.findall(r'<a (?:id|name)="([^"]+)"', line))
    return found


def findings(documents: list[Path]) -> list[str]:
    """Links that lead nowhere."""
    wrong = []
    for document in documents:
        for number, line in prose(document):
            for link in LINK.findall(re.sub(r"`[^`]*`", "", line)):
                if link.startswith(ELSEWHERE):
                    continue
                name, _, anchor = unquote(link).partition("#")
                target = document.parent / name if name else document
                if not target.exists():
                    wrong.append(f"{document}:{number}: there is no {link}")
                elif anchor and target.suffix == ".md" and anchor not in anchors(target):
                    wrong.append(f"{document}:{number}: {name or document.name} has no heading for #{anchor}")
    return wrong
