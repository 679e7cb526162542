#!/usr/bin/env python3
"""Writes RELIABILITY.md. Types no figure: all of them are read from what the tests themselves said.

`reliability.py run [NAME...]` runs the proofs (or some) and keeps what they said in tests/results; without `run` it
writes RELIABILITY.md from there; `--check` fails where RELIABILITY.md is not what it would write.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "tests/results/reliability.json"
PAPER = ROOT / "RELIABILITY.md"


@dataclass(frozen=True)
class Proof:
    """A part of ./test.sh, what it shows, and where in its words the figures are."""

    name: str
    shows: str
    figures: dict[str, str]
    environment: tuple[tuple[str, str], ...] = ()


# A figure is the sum of what the pattern finds, or the largest where its name begins with "slowest" or "largest".
PROOFS = [
    Proof(
        "kills",
        "A client and the server under it are killed with SIGKILL at random moments. Every record whose call had "
        "returned is stored, once.",
        {
            "clients killed": r"^\w+: killed (\d+)",
            "servers killed": r"server killed (\d+)",
            "records whose call had returned": r"noted (\d+)",
            "of these missing": r"missing (\d+)",
            "stored twice": r"duplicates (\d+)",
            "stored, but never logged": r"invented (\d+)",
            "starts that failed": r"failed starts (\d+)",
        },
        (("KILLS", "25"), ("SERVER_KILLS", "10")),
    ),
    Proof(
        "store-kills",
        "The server is killed while it seals, merges and lets parts go. Every record is there once, or counted as "
        "expired.",
        {
            "servers killed": r"✅ (\d+) kills",
            "records acknowledged": r": (\d+) records taken",
            "there": r"taken, (\d+) there",
            "expired, and counted": r"there, (\d+) expired",
        },
        (("STORE_KILLS", "10"),),
    ),
    Proof(
        "outage",
        "10 000 records/s for 30 s while the server is away, beside a control that logs nothing. Afterwards a full "
        "disk, and processes that stand still in mid-append.",
        {
            "records offered": r"^round \d+: offered (\d+)",
            "accepted": r"^round \d+: offered \d+, accepted (\d+)",
            "stored, in order": r"stored (\d+), in order true",
            "calls of our own above 1 ms": r"^calls above 1 ms: ours (\d+)",
            "the control's": r"^calls above 1 ms: ours \d+, control (\d+)",
            "frozen processes: missing or twice": r"missing or twice (\d+)",
        },
        (("OUTAGE_RUNS", "1"), ("FREEZE_RUNS", "1")),
    ),
    Proof(
        "cases",
        "The behaviours of spec/cases, in every language: batching, retry, backoff, overflow, restart after "
        "a kill, adoption, fork.",
        {"cases passed": r"^(\d+) passed, \d+ failed", "cases failed": r"^\d+ passed, (\d+) failed"},
    ),
]


def run(proof: Proof) -> dict:
    """Runs a proof as ./test.sh does; what it said stays visible."""
    print(f"── ./test.sh {proof.name}", flush=True)
    environment = dict(proof.environment) | os.environ
    process = subprocess.Popen(
        ["./test.sh", proof.name],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = []
    for line in process.stdout:
        print(line, end="", flush=True)
        said.append(line)
    status = process.wait()
    asked = {name: environment[name] for name, _ in proof.environment}
    return measured(proof, "".join(said)) | {
        "passed": status == 0,
        "asked": asked,
        "machine": machine(),
        "commit": commit(),
        "date": today(),
    }


def measured(proof: Proof, said: str) -> dict:
    """The figures of what it said; a pattern that finds nothing is no figure."""
    figures = {}
    for name, pattern in proof.figures.items():
        found = [int(number) for number in re.findall(pattern, said, re.MULTILINE)]
        if found:
            figures[name] = sum(found)
    return {"figures": figures}


def commit() -> str:
    """Of what was tested; `+` where it had been changed since."""
    git = ["git", "-C", str(ROOT)]
    head = subprocess.run(
        [*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True
    ).stdout.strip()
    changed = subprocess.run([*git, "diff", "--quiet", "HEAD", "--", "crates", "clients"], check=False).returncode
    return head + ("+" if changed else "")


def today() -> str:
    """The date, in UTC."""
    return time.strftime("%Y-%m-%d", time.gmtime())


def machine() -> str:
    """What it ran on."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if sys.platform == "linux" else []
    cpu = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())
    return f"{cpu}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"


def spaced(number: int) -> str:
    """Thousands apart."""
    return f"{number:,}".replace(",", " ")


def paper(results: dict) -> str:
    """RELIABILITY.md."""
    lines = [
        "# Reliability",
        "",
        "<!-- Written by tests/reliability.py from tests/results/reliability.json. Do not edit. -->",
        "",
        "What was killed, filled, frozen and cut off, and what became of the records. Every figure was read from what",
        "the tests said; the commands repeat them, and larger numbers make longer runs. What is promised is in",
        "[README.md](README.md#what-it-promises), how it is kept in [spec/delivery.md](spec/delivery.md) and",
        "[spec/journal.md](spec/journal.md).",
    ]
    for proof in PROOFS:
        found = results["proofs"].get(proof.name)
        lines += ["", f"## {proof.name}", "", proof.shows, ""]
        if not found:
            lines.append("Not run yet.")
            continue
        asked = "".join(f"{name}={value} " for name, value in found["asked"].items())
        lines += ["| figure | |", "|---|---:|"]
        lines += [f"| {name} | {spaced(number)} |" for name, number in found["figures"].items()]
        verdict = "Passed" if found["passed"] else "**Failed**"
        lines += ["", f"{verdict} on {found['date']}, commit {found['commit']}, {found['machine']}:"]
        lines += [f"`{asked}./test.sh {proof.name}`"]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Runs, writes or checks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="fail where RELIABILITY.md is not up to date")
    parser.add_argument("run", nargs="*", metavar="run [NAME...]")
    wish = parser.parse_args()
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {"proofs": {}}
    if wish.run:
        if wish.run[0] != "run":
            parser.error(f"{wish.run[0]} is not known; `run` is")
        for proof in PROOFS:
            if proof.name in wish.run[1:] or not wish.run[1:]:
                results["proofs"][proof.name] = run(proof)
                RESULTS.parent.mkdir(exist_ok=True)
                RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    written = paper(results)
    if wish.check:
        if not PAPER.exists() or PAPER.read_text() != written:
            print("❌ RELIABILITY.md is not what the results say; run tests/reliability.py")
            return 1
        print("✅ RELIABILITY.md is what the results say")
        return 0
    PAPER.write_text(written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
