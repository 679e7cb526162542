"""What the tests share: a sink to log to, a logger that logs to it, a way to run a program with both."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from sink import Sink

from distributedlogs import DistributedLogger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("DLOGS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def sink() -> Iterator[Sink]:
    sink = Sink()
    yield sink
    sink.close()


@pytest.fixture
def options(sink: Sink, tmp_path: Path) -> dict[str, Any]:
    return {
        "endpoint": sink.endpoint,
        "service_name": "tests",
        "journal_dir": str(tmp_path / "journal"),
        "batch_interval_ms": 20,
        "retry_initial_ms": 20,
        "retry_max_ms": 50,
        # Many tests count what has arrived as soon as a logger is closed: no stall of the machine may end that sooner.
        "shutdown_timeout_ms": 20_000,
        "compression": "none",
    }


@pytest.fixture
def logger(options: dict[str, Any]) -> Iterator[DistributedLogger]:
    logger = DistributedLogger(**options)
    yield logger
    logger.close(timeout_s=5)


class Run(Protocol):
    def __call__(self, program: str, *, code: int = 0) -> str: ...


@pytest.fixture
def run(options: dict[str, Any], tmp_path: Path) -> Callable[..., str]:
    """Runs a program that finds `options` and everything of the package; it must be silent on stderr and end well."""

    def run(program: str, *, code: int = 0) -> str:
        file = tmp_path / "program.py"
        head = f"from distributedlogs import *\noptions = {options!r}\n"
        file.write_text(head + textwrap.dedent(program))
        done = subprocess.run(
            [sys.executable, "-W", "ignore:This process:DeprecationWarning", str(file)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stderr) == (code, "")
        return done.stdout

    return run
