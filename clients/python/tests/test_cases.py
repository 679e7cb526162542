"""All of spec/cases, played by the runner `dlogs-cases` with the Python driver."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]


def runner() -> pathlib.Path | None:
    folders = [os.environ.get("DLOGS_TESTKIT", ""), *(str(ROOT / "target" / kind) for kind in ("release", "debug"))]
    places = [pathlib.Path(folder) / "dlogs-cases" for folder in folders if folder]
    return next((place for place in places if place.is_file()), None)


@pytest.mark.skipif(runner() is None, reason="dlogs-cases is not built (cargo build -p dlogs-testkit)")
def test_every_case():
    driver = f"{sys.executable} {pathlib.Path(__file__).parent / 'driver.py'}"
    done = subprocess.run(
        [str(runner()), "--driver", driver, "--jobs", "4", "spec/cases"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    failed = [line for line in done.stdout.splitlines() if not line.startswith("ok ")]
    assert done.returncode == 0, "\n".join(failed) + done.stderr
