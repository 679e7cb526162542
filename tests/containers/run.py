"""Starts the programs of built images as compose.yaml does, and waits until the server has records of every client."""

from __future__ import annotations

import json
import socket
import subprocess
import time
import urllib.request
from contextlib import ExitStack
from http import HTTPStatus
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from dockerfile import Stage
    from tree import Tree

PATIENCE_S = 60


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait(what: str, holds: object) -> None:
    """Asks until it holds."""
    until = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > until:
            raise SystemExit(f"❌ {what}: not within {PATIENCE_S} s")
        time.sleep(0.1)
    print(f"✅ {what}", flush=True)


def answers(url: str) -> bool:
    """True once a server is there."""
    try:
        with urllib.request.urlopen(f"{url}/health/ready") as answer:
            return answer.status == HTTPStatus.OK
    except OSError:
        return False


def stored(url: str, language: str) -> bool:
    """True if the server has a record of this language."""
    with urllib.request.urlopen(f"{url}/api/logs?limit=1&language={language}") as answer:
        return bool(json.load(answer)["rows"])


def run(stages: dict[str, Stage], built: dict[str, Tree], stand_in: Path | None) -> None:
    """The server first, then all clients; everything is stopped at the end."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with ExitStack() as ends:
        for name in stages:
            ends.enter_context(built[name].mounted())

        def start(name: str, command: list[str], **variables: str) -> subprocess.Popen[bytes]:
            process = built[name].start(command, **variables)
            ends.callback(process.wait)
            ends.callback(process.terminate)
            return process

        if server := stages.get("server"):
            start("server", [*server.command(), "--host", "0.0.0.0", "--no-auth", "--port", str(port)])

            def well() -> bool:
                return start("server", server.health(), DLOGS_ENDPOINT=f"{url}/api/logs").wait() == 0

            wait("the image of the server runs, and its health check says so", well)
        elif stand_in:
            data = ends.enter_context(TemporaryDirectory())
            process = subprocess.Popen([stand_in, "serve", "--port", str(port), "--data", data])
            ends.callback(process.wait)
            ends.callback(process.terminate)
            wait("a server runs that is none of the images", lambda: answers(url))
        clients = [name for name in stages if name != "server"]
        for name in clients:
            start(name, stages[name].command(), DLOGS_ENDPOINT=f"{url}/api/logs", DLOGS_BATCH_INTERVAL_MS="200")
        for name in clients:
            wait(f"the image of {name} runs and is heard", lambda name=name: stored(url, name))
