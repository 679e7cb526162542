"""The package and a typed program pass mypy strict and pyright strict; a wrong program does not."""

from __future__ import annotations

import importlib.util
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parent.parent


def check(*command: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def needs(tool: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(importlib.util.find_spec(tool) is None, reason=f"{tool} is not installed")


@needs("mypy")
def test_mypy():
    code, output = check("mypy")
    assert code == 0, output


@needs("pyright")
def test_pyright():
    code, output = check("pyright")
    if "ENOTFOUND" in output or "getaddrinfo" in output:
        pytest.skip("pyright could not fetch its node")
    assert code == 0, output


@needs("mypy")
def test_a_wrong_program_is_told(tmp_path):
    wrong = tmp_path / "wrong.py"
    wrong.write_text(
        "from distributedlogs import DistributedLogger as Logger\nLogger().flush('soon')\nLogger().infos('x')\n"
    )
    code, output = check("mypy", "--strict", str(wrong))
    assert code == 1
    assert "arg-type" in output
    assert "attr-defined" in output
