"""Runs the contenders interleaved, one process at a time, and compares them round by round. It measures nothing itself but CPU.

Every round runs every contender and the no-op control in random order; what is reported is the median over the rounds, and for
ratios the median of the ratios within each round, because a noisy machine drifts. Delivered records are counted by the sink.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import disabled
from machine import commit, machine

HERE = Path(__file__).parent
BINARY = HERE / "rust/target/release/dlogs-bench"
# The product's own environment has our package; the rivals' environment has the rivals.
OURS_PYTHON = HERE.parent / "venv/bin/python"
PEER_PYTHON = HERE / "python/venv/bin/python"
LOAD = str(HERE / "python/load.py")

RUST = {name: [str(BINARY), name] for name in ("noop", "ours", "otel", "otel-big", "appender")}
PYTHON = {name: [str(PEER_PYTHON), LOAD, name] for name in ("noop", "otel", "otel-big", "queuehandler")}
PYTHON["ours"] = [str(OURS_PYTHON), LOAD, "ours"]
JAVA = {
    name: ["java", f"@{HERE / 'java/target/arguments'}", "Load", name]
    for name in ("noop", "ours", "ours-fluent", "otel", "otel-big", "loki4j", "loki4j-big", "logback")
}
GO = {name: [str(HERE / "go/load"), name] for name in ("noop", "ours", "otel", "otel-big", "zap", "slog", "zerolog")}
DOTNET = {
    name: ["dotnet", str(HERE / "dotnet/artifacts/bin/load/release/load.dll"), name]
    for name in ("noop", "ours", "otel", "otel-big", "serilog", "zlogger")
}
NODE = {name: ["node", str(HERE / "node/load.js"), name] for name in ("noop", "ours", "otel", "otel-big", "pino")}

# Of each language its contenders, and of each workload its calls and their rate.
PLANS = {
    "rust": (RUST, {"paced": (100_000, "50000"), "slow": (2_000, "1000"), "flood": (500_000, "flood")}),
    "python": (PYTHON, {"paced": (20_000, "10000"), "slow": (2_000, "1000"), "flood": (100_000, "flood")}),
    "java": (JAVA, {"paced": (100_000, "50000"), "slow": (2_000, "1000"), "flood": (500_000, "flood")}),
    "node": (NODE, {"paced": (20_000, "10000"), "slow": (2_000, "1000"), "flood": (200_000, "flood")}),
    "dotnet": (DOTNET, {"paced": (100_000, "50000"), "slow": (2_000, "1000"), "flood": (500_000, "flood")}),
    "go": (GO, {"paced": (100_000, "50000"), "slow": (2_000, "1000"), "flood": (500_000, "flood")}),
}


class Sink:
    """The counting server."""

    def __init__(self) -> None:
        self.process = subprocess.Popen([str(BINARY), "sink"], stdout=subprocess.PIPE, text=True)
        port = json.loads(self.process.stdout.readline())["port"]
        self.base = f"http://127.0.0.1:{port}"

    def reset(self) -> dict:
        with urllib.request.urlopen(f"{self.base}/reset") as answer:
            return json.load(answer)

    def away(self, seconds: int) -> None:
        urllib.request.urlopen(f"{self.base}/away/{seconds}").close()

    def cpu_s(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


# While the server is away: the memory and the calls of whoever keeps what was logged.
OUTAGE_S = 10
OUTAGE = (100_000, "10000")


def measure(command: list[str], sink: Sink, calls: int, rate: str, away_s: int = 0) -> dict:
    """One run of one contender in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="dlogs-bench-") as scratch:
        sink.reset()
        sink.away(away_s)
        sink_cpu_s = sink.cpu_s()
        # A file, because a library that complains a lot would fill a pipe and stand still.
        with Path(scratch, "stderr").open("w") as stderr:
            arguments = [*command, f"{sink.base}/api/logs", str(calls), rate, scratch]
            process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=stderr, text=True, cwd=HERE)
        journal_bytes = largest_journal(Path(scratch, "journal"), away_s)
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0 or not output:
            raise SystemExit(f"{' '.join(command)} failed:\n{Path(scratch, 'stderr').read_text()[-2000:]}")
        result = json.loads(output.splitlines()[-1])
        result |= {f"sink_{key}": value for key, value in sink.reset().items()}
        result |= {
            "journal_bytes": journal_bytes,
            "cpu_s": usage.ru_utime + usage.ru_stime,
            "rss_mb": result["peak_kb"] / 1024,
            "sink_cpu_s": sink.cpu_s() - sink_cpu_s,
        }
        return result


def largest_journal(journal: Path, seconds: int) -> int:
    """The most that our journal took on disk within these seconds; 0 for who has none."""
    largest, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(0.2)
        largest = max(largest, sum(file.stat().st_blocks * 512 for file in journal.rglob("*.seg")))
    return largest


def derive(result: dict, control: dict) -> dict:
    """What is compared: per million delivered, and above the no-op of the same round."""
    delivered = result["sink_records"]
    million = delivered / 1e6 if delivered else None

    def per_million(value: float) -> float | None:
        return value / million if million else None

    return {
        "p50_ns": result["p50_ns"],
        "p99_ns": result["p99_ns"],
        "p999_ns": result["p999_ns"],
        "over_1ms": result["over_1ms"],
        "net_p50_ns": max(result["p50_ns"] - control["p50_ns"], 1),
        "delivered_pct": 100 * delivered / result["calls"],
        "delivered_per_s": delivered / result["wall_s"] if delivered else None,
        "cpu_s_per_m": per_million(max(result["cpu_s"] - control["cpu_s"], 0)),
        "rss_mb": result["rss_mb"] - control["rss_mb"],
        "requests_per_m": per_million(result["sink_requests"]),
        "bytes_per_record": result["sink_wire_bytes"] / delivered if delivered else None,
        "sink_busy_pct": 100 * result["sink_cpu_s"] / result["wall_s"],
        "dropped_says": result["dropped_says"],
        "journal_bytes": result["journal_bytes"],
    }


def rounds(language: str, workload: str, count: int, sink: Sink) -> list[dict]:
    contenders, workloads = PLANS[language]
    calls, rate = workloads.get(workload, OUTAGE)
    away_s = OUTAGE_S if workload == "outage" else 0
    if away_s:
        contenders = {name: contenders[name] for name in ("noop", "ours")}
    done = []
    for number in range(count):
        order = list(contenders)
        random.shuffle(order)
        raw = {name: measure(contenders[name], sink, calls, rate, away_s) for name in order}
        done.append({name: derive(raw[name], raw["noop"]) for name in contenders})
        print(f"\r{language} {workload}: round {number + 1} of {count}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return done


def calls_off(language: str, count: int) -> dict:
    """What a call costs whose level is off: no sink, no control, its contenders take turns in one process."""
    load = PLANS[language][0]["ours"][:-1]
    done = [disabled.measure(load) for _ in range(count)]
    medians = {who: {"ns": statistics.median(one[who] for one in done)} for who in done[0]}
    print(f"\n{language}, a level that is off, ns:", ", ".join(f"{who} {row['ns']:.1f}" for who, row in medians.items()))
    return {"calls": disabled.CALLS, "medians": medians, "rounds": done}


def median(values: list) -> float | None:
    present = [value for value in values if value is not None]
    return statistics.median(present) if present else None


def summary(done: list[dict]) -> dict:
    """Medians per contender, and the medians of the per-round ratios of each peer to ours."""
    table = {}
    for name in done[0]:
        row = {key: median([one[name][key] for one in done]) for key in done[0][name]}
        for key in ("net_p50_ns", "delivered_per_s", "cpu_s_per_m"):
            pairs = [(one[name][key], one["ours"][key]) for one in done]
            row[f"{key}_to_ours"] = median([peer / ours for peer, ours in pairs if peer is not None and ours])
        table[name] = row
    return table


COLUMNS = (
    ("p50_ns", "p50 ns", 0),
    ("p99_ns", "p99 ns", 0),
    ("p999_ns", "p99.9 ns", 0),
    ("over_1ms", ">1 ms", 0),
    ("net_p50_ns", "net p50", 0),
    ("net_p50_ns_to_ours", "x ours", 2),
    ("delivered_pct", "% deliv.", 1),
    ("delivered_per_s", "deliv./s", 0),
    ("delivered_per_s_to_ours", "x ours", 3),
    ("cpu_s_per_m", "CPU s/M", 2),
    ("cpu_s_per_m_to_ours", "x ours", 2),
    ("rss_mb", "MB", 1),
    ("requests_per_m", "req/M", 0),
    ("bytes_per_record", "B/rec", 0),
    ("sink_busy_pct", "sink %", 0),
)


def show(language: str, workload: str, table: dict) -> None:
    calls, rate = PLANS[language][1].get(workload, OUTAGE)
    print(f"\n{language}, {workload}: {calls} calls a round, rate {rate}")
    print(f"{'':14}" + "".join(f"{title:>10}" for _, title, _ in COLUMNS))
    for name, row in table.items():
        cells = (f"{row[key]:>10.{digits}f}" if row[key] is not None else f"{'-':>10}" for key, _, digits in COLUMNS)
        print(f"{name:14}" + "".join(cells))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15, help="rounds of each workload (default 15)")
    parser.add_argument("--only", choices=list(PLANS), help="one language")
    parser.add_argument("--workload", choices=["paced", "slow", "flood", "outage", "disabled"], help="one workload")
    parser.add_argument("--out", type=Path, help="file for the JSON (default bench/results/<time>.json)")
    wish = parser.parse_args()
    if wish.workload == "disabled" and wish.only not in (None, *disabled.GOALS_NS):
        parser.error(f"{wish.only} has no load for a level that is off; these have one: {', '.join(disabled.GOALS_NS)}")
    started, sink, report = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()), Sink(), {}
    try:
        for language in [wish.only] if wish.only else PLANS:
            if language in disabled.GOALS_NS and wish.workload in (None, "disabled"):
                report[f"{language}/disabled"] = calls_off(language, wish.rounds)
            workloads = [wish.workload] if wish.workload else [*PLANS[language][1], "outage"]
            for workload in [one for one in workloads if one != "disabled"]:
                done = rounds(language, workload, wish.rounds, sink)
                calls, rate = PLANS[language][1].get(workload, OUTAGE)
                report[f"{language}/{workload}"] = {"calls": calls, "rate": rate, "medians": summary(done), "rounds": done}
                show(language, workload, report[f"{language}/{workload}"]["medians"])
    finally:
        sink.stop()
        # Also of a run that was broken off: what is whole is kept.
        out = wish.out or HERE / f"results/{started}.json"
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps({"started": started, "commit": commit(), "machine": machine(), "results": report}, indent=1))
        print(f"\n{out}")


if __name__ == "__main__":
    main()
