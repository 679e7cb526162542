"""`check.py DLOGS [DOCUMENT...]` checks documents, by default all that git knows of. Tells what is wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import commands
import links
from blocks import blocks


def tracked() -> list[Path]:
    """Every document of the repository."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"]
    names = subprocess.run(listed, capture_output=True, check=True, text=True).stdout.split()
    return [path for path in map(Path, sorted(set(names))) if path.exists()]


def main() -> None:
    """Checks, runs, tells."""
    dlogs, *named = sys.argv[1:]
    documents = [Path(name) for name in named] or tracked()
    wrong = links.findings(documents)
    print(f"{len(documents)} documents, {len(wrong)} links that lead nowhere")
    parts = commands.parts_of_test_sh(Path())
    ran = proved = left = 0
    server = commands.Server(str(Path(dlogs).resolve()))
    try:
        for block in (block for document in documents for block in blocks(document)):
            wrong += commands.findings(block, parts)
            if block.word not in commands.RUN:
                continue
            name, why = block.mark
            if name == "by":
                proved += 1
            elif name == "not-run":
                left += 1
                print(f"not run: {block}: {why}")
            else:
                ran += 1
                wrong += commands.play(block, server)
    finally:
        server.stop()
    print(f"{ran} blocks ran, {proved} are run by other tests, {left} are marked as not run")
    if wrong:
        raise SystemExit("\n".join(f"❌ {one}" for one in wrong))
    print("✅ every link leads somewhere, every command says what the documents say")


main()
