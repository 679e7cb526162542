"""Runs the commands of documents, and compares what they say with what the documents say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blocks import Block

COMMAND = re.compile(
    r"^(\$ |\./\w+\.sh|bench/\w|doors/|tests/"
    r"|(apt|apt-get|cargo|curl|dlogs|docker|docker-compose|dotnet|go|maturin|mvn|npm|npx|pip|python3?|sudo) )"
)
RUN = {"sh", "console"}
SECONDS = 60


def parts_of_test_sh(root: Path) -> set[str]:
    """What `by:` may name."""
    return set(re.findall(r"^  ([a-z-]+)\) ", (root / "test.sh").read_text(), re.MULTILINE)) | {"all"}


def findings(block: Block, parts: set[str]) -> list[str]:
    """What is wrong with a block's fence."""
    if block.word not in RUN:
        bare = block.info == "" and any(COMMAND.match(line) for line in block.lines)
        return [f"{block}: holds commands; say behind the fence whether they run: tests/docs/README.md"] if bare else []
    name, why = block.mark
    if name == "by":
        words = why.split()
        if words[:1] != ["./test.sh"] or (words[1:] or ["all"])[0] not in parts:
            return [f"{block}: `{why}` is no part of ./test.sh"]
    elif name == "not-run":
        return [] if why else [f"{block}: say behind `not-run:` what the machine of the tests may lack"]
    elif name:
        return [f"{block}: `{name}` is no mark; these are: by, not-run"]
    return []


class Server:
    """A server of the test's own; its folder is home and working directory of the commands."""

    def __init__(self, dlogs: str) -> None:
        self.dlogs = dlogs
        self.folder = Path(tempfile.mkdtemp(prefix="dlogs-docs-"))
        (self.folder / "bin").mkdir()
        (self.folder / "bin/dlogs").symlink_to(dlogs)
        arguments = [dlogs, "serve", "--port", "0", "--data", "data"]
        self.process = subprocess.Popen(arguments, cwd=self.folder, stdout=subprocess.PIPE, text=True)
        self.port = re.search(r":(\d+)", self.process.stdout.readline())[1]
        # What it says later is nobody's business, but the pipe must not fill.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def stop(self) -> None:
        """Ends it, and leaves nothing."""
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def here(self, text: str) -> str:
        """A document's text with this server's port."""
        return text.replace("5000", self.port)

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        """Runs a script as a reader would, with both outputs in one."""
        variables = {
            "PATH": f"{self.folder}/bin:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "DLOGS_ENDPOINT": f"http://127.0.0.1:{self.port}/api/logs",
            "NO_COLOR": "1",
            "LANG": "C.UTF-8",
        }
        return subprocess.run(
            ["bash", "-c", self.here(script)],
            cwd=self.folder,
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS,
            check=False,
        )


def pattern(expected: list[str]) -> re.Pattern[str]:
    """What the lines allow: `…` is anything in a line, and alone in a line any lines."""
    parts = [
        r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line.rstrip()).replace("…", ".*?") + r"[ \t]*\n"
        for line in expected
    ]
    return re.compile("".join(parts) + r"\Z")


def play(block: Block, server: Server) -> list[str]:
    """Runs a block; says what was different."""
    if block.word == "sh":
        done = server.run("set -e\n" + "\n".join(block.lines))
        return [f"{block}: failed with {done.returncode}:\n{done.stdout}"] if done.returncode else []
    steps: list[tuple[str, list[str]]] = []
    for line in block.lines:
        if line.startswith("$ "):
            steps.append((line[2:], []))
        elif line.strip() or steps[-1][1]:
            steps[-1][1].append(line)
    for command, expected in steps:
        said = server.run(command).stdout
        said += "" if said.endswith("\n") or not said else "\n"
        if not pattern([server.here(line) for line in expected]).match(said):
            return [f"{block}: `{command}` says\n{said}instead of\n" + "\n".join(expected)]
    return []
