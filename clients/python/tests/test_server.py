"""Against the real server, `dlogs serve`: what is acknowledged is found again, through a kill as well."""

from __future__ import annotations

import json
import os
import pathlib
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from distributedlogs import DistributedLogger, LogBatch

ROOT = pathlib.Path(__file__).resolve().parents[3]


def binary() -> str | None:
    places = [
        os.environ.get("DLOGS_BIN", ""),
        *(str(ROOT / "target" / kind / "dlogs") for kind in ("release", "debug")),
    ]
    return next((place for place in places if place and pathlib.Path(place).is_file()), None)


DLOGS = binary()
pytestmark = pytest.mark.skipif(DLOGS is None, reason="the binary dlogs is not built (cargo build -p dlogs-cli)")


class Server:
    def __init__(self, data: pathlib.Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.data = data
        self.base = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        command = [str(DLOGS), "serve", "--data", str(self.data), "--port", str(self.port)]
        with (self.data.parent / "server.log").open("a") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                self.get("/health/ready")
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.02)
            else:
                return
        pytest.fail((self.data.parent / "server.log").read_text())

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.base + path, timeout=10) as answer:
            return answer.read().decode()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(number)
        self.process.wait(20)


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path / "data")
    yield server
    server.stop()


def test_records_are_found_again(server, tmp_path):
    with DistributedLogger(
        endpoint=f"{server.base}/api/logs", service_name="py", journal_dir=str(tmp_path / "j")
    ) as logger:
        logger.info("hello", {"user_id": 7})
        try:
            raise ValueError("v")
        except ValueError:
            logger.exception("failed")
        assert logger.flush(10) == 0
        stream = logger.stream
    batch = LogBatch.model_validate_json(server.get("/api/logs?service=py"))
    failed, hello = batch.entries
    assert (hello.message, hello.level, hello.metadata, hello.language) == ("hello", "INFO", {"user_id": 7}, "python")
    assert failed.error is not None
    assert (failed.error.type, failed.error.message) == ("ValueError", "v")
    assert stream in hello.request_id
    clients = json.loads(server.get("/api/clients"))["clients"]
    assert any(client["language"] == "python" and client["service"] == "py" for client in clients)


def test_a_killed_server_loses_and_doubles_nothing(server, tmp_path):
    logger = DistributedLogger(
        endpoint=f"{server.base}/api/logs",
        service_name="kill",
        journal_dir=str(tmp_path / "j"),
        batch_interval_ms=5,
        retry_initial_ms=10,
        retry_max_ms=50,
    )
    for burst in range(10):
        for n in range(50):
            assert logger.info(f"{burst}.{n}")
        if burst in {3, 6}:
            server.stop(signal.SIGKILL)
            server.start()
    assert logger.flush(20) == 0
    logger.close()
    found = LogBatch.model_validate_json(server.get("/api/logs?service=kill&limit=1000")).entries
    assert sorted(entry.message for entry in found) == sorted(f"{burst}.{n}" for burst in range(10) for n in range(50))
