"""The origin document's usage example runs as it stands, and so does the quick start."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

import pytest

EXAMPLES = pathlib.Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture
def counted(monkeypatch):
    """What programs send is read and counted: no stall of the machine may end their sending sooner."""
    monkeypatch.setenv("DLOGS_COMPRESSION", "none")
    monkeypatch.setenv("DLOGS_SHUTDOWN_TIMEOUT_MS", "20000")


def program(folder: str, name: str, tmp_path: pathlib.Path, text: str) -> subprocess.CompletedProcess[str]:
    """Runs an example; only the address is the test's, because port 5000 may be somebody's."""
    file = tmp_path / name
    file.write_text(text)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(EXAMPLES / folder), *sys.path])}
    return subprocess.run(
        [sys.executable, str(file)], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.usefixtures("counted")
def test_the_documents_example(sink, tmp_path):
    text = (EXAMPLES / "seed" / "python_example.py").read_text()
    assert text.count("http://localhost:5000/api/logs") == 1
    done = program("seed", "python_example.py", tmp_path, text.replace("http://localhost:5000/api/logs", sink.endpoint))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    rows = sink.wait_for(3)
    assert [(row["level"], row["message"]) for row in rows] == [
        ("INFO", "User logged in successfully"),
        ("ERROR", "Database connection failed"),
        ("INFO", "payment_completed"),
    ]
    assert rows[0]["metadata"] == {"user_id": 12345, "login_method": "oauth", "ip_address": "192.168.1.100"}
    assert rows[2]["event"] == "payment_completed"
    client = sink.headers[0]["client"]
    assert (client["service"], client["component"]) == ("my-application", "user-service")


def test_the_documents_example_without_a_server_ends_well(tmp_path, monkeypatch):
    monkeypatch.setenv("DLOGS_JOURNAL_DIR", str(tmp_path / "journal"))
    text = (EXAMPLES / "seed" / "python_example.py").read_text().replace("localhost:5000", "127.0.0.1:9")
    done = program("seed", "python_example.py", tmp_path, text)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.usefixtures("counted")
def test_the_quick_start(sink, tmp_path, monkeypatch):
    monkeypatch.setenv("DLOGS_ENDPOINT", sink.endpoint)
    file = EXAMPLES / "python" / "quickstart.py"
    assert len(file.read_text().splitlines()) <= 30
    done = program("python", "quickstart.py", tmp_path, file.read_text())
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "0 records wait for a server, safe in the journal\n"
    assert len(sink.rows) == 5


@pytest.mark.usefixtures("counted")
@pytest.mark.parametrize(("argument", "named"), [("--records", False), ("--check", True)])
def test_the_demo(sink, argument, named):
    done = subprocess.run(
        [sys.executable, "-m", "distributedlogs.demo", "--endpoint", sink.endpoint, argument, "200", "--prefix", "p"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "accepted 200\n" if named else "")
    assert {row["metadata"]["demo_id"] for row in sink.rows.values()} == {f"p-{n}" for n in range(1, 201)}
    assert (set(sink.messages) == {f"p-{n}" for n in range(1, 201)}) is named
