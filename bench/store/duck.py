"""DuckDB over the sample as lines of JSON, in a process of its own. It loads in bulk: no HTTP, no batches, one commit."""

import json
import resource
import sys
import time
from pathlib import Path

import duckdb

import measure
from sample import LEVELS, NEWEST, RARE_RECORDS, RARE_WORD, SERVICE, bucket_s

MEMORY = "4GB"


def main() -> None:
    lines, folder, records, times = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    base = folder / "logs.duckdb"
    database = duckdb.connect(base, config={"memory_limit": MEMORY})
    # Lines are looked at until every key has been seen; times keep their nanoseconds.
    read = f"read_json('{lines}', format='newline_delimited', sample_size=200000, timestampformat='none')"
    before_s, started = _cpu_s(), time.monotonic()
    database.execute(f"CREATE TABLE logs AS SELECT * REPLACE (CAST(time AS TIMESTAMP_NS) AS time) FROM {read}")
    database.execute("CHECKPOINT")
    wall_s, loaded_s = time.monotonic() - started, _cpu_s() - before_s
    memory = measure.memory_mb("self")

    def rare() -> int:
        return len(
            database.execute(f"SELECT * FROM logs WHERE message ILIKE '%{RARE_WORD}%' ORDER BY time DESC LIMIT 100").fetchall()
        )

    def histogram() -> int:
        step = bucket_s(records)
        found = database.execute(
            f"SELECT level, time_bucket(INTERVAL {step} SECOND, time::TIMESTAMP) AS bucket, count(*) FROM logs GROUP BY ALL"
        ).fetchall()
        if len({level for level, _, _ in found}) != LEVELS:
            raise SystemExit("the histogram is not whole")
        return sum(count for _, _, count in found)

    def newest() -> int:
        return len(database.execute(f"SELECT * FROM logs WHERE service = '{SERVICE}' ORDER BY time DESC LIMIT {NEWEST}").fetchall())

    questions = {
        "rare": measure.ask(rare, RARE_RECORDS, times),
        "histogram": measure.ask(histogram, records, times),
        "newest": measure.ask(newest, NEWEST, times),
    }
    report = {
        "name": "DuckDB",
        "bytes_per_record": base.stat().st_size / records,
        "index_bytes_per_record": None,
        "per_cpu_s": records / loaded_s,
        "per_cpu_s_with_merges": records / loaded_s,
        "per_s": records / wall_s,
        "peak_mb": memory["VmHWM"],
        "anon_mb": None,
        "questions": questions,
        "peak_mb_with_questions": measure.memory_mb("self")["VmHWM"],
        "settings": f"memory_limit {MEMORY}; one CREATE TABLE AS over a file; no index; questions in the process, without HTTP",
        "version": duckdb.__version__,
    }
    json.dump(report, sys.stdout)


def _cpu_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
