"""Loads the same records into our server and its peers, one after the other in one run, and compares them.

It measures by what the kernel says. What each number means is told in bench/README.md.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import ours
import victoria
from machine import commit, machine
from sample import Sample

HERE = Path(__file__).parent
RESULTS = HERE.parent / "results"

# key: (title, digits, goal for ours, what is better)
ROWS: dict[str, tuple[str, int, float | None, str]] = {
    "bytes_per_record": ("bytes a record, on disk", 1, 65, "less"),
    "index_bytes_per_record": ("  of which token filters", 1, None, "less"),
    "per_cpu_s": ("records a CPU-second, merges not counted", 0, 500_000, "more"),
    "per_cpu_s_with_merges": ("records a CPU-second, with merges", 0, None, "more"),
    "per_s": ("records a second, acknowledged", 0, None, "more"),
    "rare": ("rare word over all, ms", 1, 100, "less"),
    "histogram": ("levels over all, ms", 1, 50, "less"),
    "newest": ("newest 100 of a service, ms", 1, 20, "less"),
    "peak_mb": ("peak resident memory under load, MB", 0, 400, "less"),
    "anon_mb": ("  of which not files, MB", 0, None, "less"),
    "peak_mb_with_questions": ("peak resident memory, questions too, MB", 0, None, "less"),
}


def value(report: dict, key: str) -> float | None:
    return report["questions"][key]["median_ms"] if key in report["questions"] else report.get(key)


def is_met(found: float, goal: float, better: str) -> bool:
    return found <= goal if better == "less" else found >= goal


def show(reports: list[dict], records: int) -> None:
    print(f"\n{records} records")
    print(f"{'':44}" + "".join(f"{report['name']:>14}" for report in reports) + f"{'goal':>12}")
    for key, (title, digits, goal, better) in ROWS.items():
        cells = [value(report, key) for report in reports]
        line = f"{title:44}" + "".join(f"{cell:>14.{digits}f}" if cell is not None else f"{'-':>14}" for cell in cells)
        if goal is not None:
            line += f"{'≤' if better == 'less' else '≥'} {goal:g}".rjust(12)
            mine = next((value(report, key) for report in reports if report["name"] == "ours"), None)
            if mine is not None:
                line += "  met" if is_met(mine, goal, better) else "  missed"
        print(line)
    for report in reports:
        print(f"{report['name']}: {report['settings']}")


def systems(wish: argparse.Namespace, sample: Sample) -> dict[str, Callable[[Path], dict]]:
    """Each in a process of its own, in a folder of its own."""

    def duckdb(folder: Path) -> dict:
        lines = folder / "records.ndjson"
        sample.write(lines)
        command = [wish.python, HERE / "duck.py", lines, folder, str(sample.records), str(wish.times)]
        return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)

    return {
        "ours": lambda folder: ours.run(wish.dlogs, folder, sample, wish.times),
        "victorialogs": lambda folder: victoria.run(wish.victorialogs, folder, sample, wish.times),
        "duckdb": duckdb,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--records", type=int, default=10_000_000, help="records of the sample (default 10 million; 100000 is a quick one)"
    )
    parser.add_argument("--connections", type=int, default=8, help="connections that send (default 8)")
    parser.add_argument("--times", type=int, default=15, help="how often each question is asked (default 15)")
    parser.add_argument("--only", choices=["ours", "victorialogs", "duckdb"], help="one system")
    parser.add_argument("--out", type=Path, help="file for the JSON (default bench/results/store-<time>.json)")
    parser.add_argument("--keep", action="store_true", help="keep the data for a look at them")
    for name in ("dlogs", "program", "scratch", "python", "victorialogs"):
        parser.add_argument(f"--{name}", type=Path, help=argparse.SUPPRESS)
    wish = parser.parse_args()
    started = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    sample = Sample(wish.program, wish.records, wish.connections)
    runs = systems(wish, sample)
    there = {"ours": wish.dlogs, "victorialogs": wish.victorialogs, "duckdb": wish.python}
    names = [name for name in ([wish.only] if wish.only else runs) if there[name] is not None]
    # In random order, because a machine is not the same at the end as at the beginning.
    random.shuffle(names)
    reports = {}
    for name in names:
        print(f"{name}: {wish.records} records …", file=sys.stderr, flush=True)
        folder = wish.scratch / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        reports[name] = runs[name](folder)
        if not wish.keep:
            shutil.rmtree(folder)
    ordered = [reports[name] for name in runs if name in reports]
    show(ordered, wish.records)
    out = wish.out or RESULTS / f"store-{started}.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    goals = {key: goal for key, (_, _, goal, _) in ROWS.items() if goal is not None}
    told = {
        "started": started,
        "commit": commit(),
        "machine": machine() | {"free_gb": shutil.disk_usage(wish.scratch).free >> 30},
        "records": wish.records,
        "goals": goals,
        "systems": ordered,
    }
    out.write_text(json.dumps(told, indent=1))
    print(f"\n{out}")


if __name__ == "__main__":
    main()
