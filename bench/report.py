#!/usr/bin/env python3
"""Writes BENCHMARKS.md. Types no figure: all of them are read from what bench/run.py and bench/store/run.py measured.

`report.py publish FILE...` keeps what is told of results (bench/results/*.json) in bench/published.json and writes BENCHMARKS.md
from there; without arguments it only writes; `--check` fails where BENCHMARKS.md is not what it would write.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from pathlib import Path

from claims import claims
from disabled import disabled
from goals import goals
from peers import WORKLOADS, store, workload

HERE = Path(__file__).resolve().parent
PUBLISHED = HERE / "published.json"
PAPER = HERE.parent / "BENCHMARKS.md"
HEAD = """# Benchmarks

<!-- Written by bench/report.py from bench/published.json. Do not edit. -->

Ours against the best peers, interleaved in one run: `bench/run.sh`. [bench/README.md](bench/README.md) tells what each column
means, and how the figures came about: in every round each contender and a control that logs nothing run in random order, one
process at a time; the tables show medians over the rounds, ratios are medians of the ratios within a round, and delivered records
were counted by the sink, never by the contender.

"""


def reduced(path: Path) -> dict:
    """What is kept of a file of results: the medians, and where they come from."""
    told = json.loads(path.read_text())
    source = {"date": f"{told['started'][:4]}-{told['started'][4:6]}-{told['started'][6:8]}"}
    source |= {"commit": told.get("commit", "not noted"), "machine": told["machine"]}
    if "systems" in told:
        keys = ("goals", "records", "systems")
        return {"store": {key: told[key] for key in keys} | source}
    runs = {}
    for name, run in told["results"].items():
        runs[name] = {key: run[key] for key in ("calls", "rate", "medians") if key in run} | {"rounds": len(run["rounds"])} | source
    return {"runs": runs}


def sources(published: dict) -> list[str]:
    """Date, commit and machine of all that is told, each once."""
    found = [*published["runs"].values(), *([published["store"]] if "store" in published else [])]
    lines = []
    for one in found:
        machine = one["machine"]
        line = f"- {one['date']}, commit {one['commit']}: {machine['cpu']}, {machine['cores']} cores, Linux {machine['kernel']}"
        if line not in lines:
            lines.append(line)
    return ["Measured on:", "", *sorted(lines)]


def paper(published: dict, options: dict) -> str:
    """BENCHMARKS.md."""
    lines = [*sources(published), "", "## What the document claims, and what was measured", ""]
    lines += claims(published["runs"], options)
    lines += goals(published["runs"])
    for name in WORKLOADS:
        lines += workload(name, published["runs"])
    lines += disabled(published["runs"])
    if "store" in published:
        lines += store(published["store"])
    return HEAD + "\n".join(lines) + "\n"


def main() -> int:
    """Publishes, writes or checks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="fail where BENCHMARKS.md is not up to date")
    parser.add_argument("publish", nargs="*", metavar="publish FILE")
    wish = parser.parse_args()
    published = json.loads(PUBLISHED.read_text()) if PUBLISHED.exists() else {"runs": {}}
    if wish.publish:
        if wish.publish[0] != "publish" or not wish.publish[1:]:
            parser.error("give `publish` and files of results")
        for name in wish.publish[1:]:
            more = reduced(Path(name))
            published = published | more | {"runs": published["runs"] | more.get("runs", {})}
        PUBLISHED.write_text(json.dumps(published, indent=1) + "\n")
    options = {one["name"]: one for one in tomllib.loads((HERE.parent / "spec/options.toml").read_text())["option"]}
    written = paper(published, options)
    if wish.check:
        if not PAPER.exists() or PAPER.read_text() != written:
            print("❌ BENCHMARKS.md is not what the results say; run bench/report.py")
            return 1
        print("✅ BENCHMARKS.md is what the results say")
        return 0
    PAPER.write_text(written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
