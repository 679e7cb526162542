"""Loads records, waits until they are in parts, and compares what DuckDB, pandas and pyarrow read with the query API.

usage: compare.py URL PARTS_DIR
"""

import json
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas
import pyarrow
import pyarrow.dataset

DEADLINE_S = 60
ROUNDS, RECORDS = 2, 2500
DAY_NS = 86_400_000_000_000
LEVELS = ("trace", "debug", "info", "warning", "error", "critical")
TIMES = ("time_ns", "received_ns")
ERROR = ("type", "message", "stack")


def ask(url: str, body: object = None) -> bytes:
    """The answer to a GET, or to a POST of this JSON."""
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, {"Content-Type": "application/json"})) as answer:
        return answer.read()


def record(number: int, now_ns: int) -> dict:
    """A record like those of real services; which fields it has follows from its number. Four days, nine services."""
    told = {
        "timestamp": now_ns - number % 4 * DAY_NS - number * 1_000_003,
        "level": LEVELS[number % 6],
        "service": f"service-{number % 9}",
        "message": f"GET /api/orders/{number * 7919 % 1000} timed out after {number} ms: Ünïcödé 💳",
        "metadata": {
            "user_id": number,
            "ratio": number / 8,
            "ok": number % 2 == 0,
            "tags": ["a", None],
            "deep": {"ä": "\n"},
        },
    }
    some = {
        "logger": "shop.orders",
        "thread": f"worker-{number % 4}",
        "trace_id": f"{number:032x}",
        "span_id": f"{number:016x}",
        "component": "checkout",
        "environment": "test",
        "host": f"web-{number % 3}",
        "error": {"type": "TimeoutError", "message": "too slow", "stack": 'File "x.py"\n  at y'},
        "event": "order.paid",
    }
    return told | {key: value for at, (key, value) in enumerate(some.items()) if number >> at & 1}


def await_sealed(url: str) -> None:
    """Returns when the queue holds nothing that is in no part."""
    end = time.monotonic() + DEADLINE_S
    while json.loads(ask(f"{url}/api/stats"))["queue"]["batches"]:
        if time.monotonic() > end:
            sys.exit(f"❌ not all records are in parts after {DEADLINE_S} s")
        time.sleep(0.05)


def row(columns: dict) -> dict:
    """A record of a part as the query API spells it: absent means absent, 64-bit times are texts."""
    found = {
        name: value for name, value in columns.items() if value is not None and name not in ("queue_offset", "body")
    }
    error = {key: found.pop(f"error_{key}") for key in ERROR if f"error_{key}" in found}
    found |= {"error": error} if error else {}
    found |= {name: str(found[name]) for name in TIMES}
    return found | {"metadata": json.loads(found.get("metadata", "{}"))}


def of_pyarrow(files: list[str]) -> list[dict]:
    """All records as a table of pyarrow."""
    table = pyarrow.dataset.dataset(files, format="parquet").to_table()
    for name in TIMES:
        table = table.set_column(table.column_names.index(name), name, table[name].cast(pyarrow.int64()))
    return table.to_pylist()


def of_pandas(files: list[str]) -> list[dict]:
    """All records as a data frame of pandas."""
    frame = pandas.concat([pandas.read_parquet(file) for file in files], ignore_index=True)
    frame = frame.astype(dict.fromkeys(TIMES, "int64") | {"pid": "UInt64"}).astype(object)
    return frame.where(frame.notna(), None).to_dict("records")


def of_duckdb(files: list[str]) -> list[dict]:
    """All records by SQL."""
    times = ", ".join(f"epoch_ns({name}) AS {name}" for name in TIMES)
    found = duckdb.execute(f"SELECT * REPLACE ({times}) FROM read_parquet($files)", {"files": files})
    names = [column[0] for column in found.description]
    return [dict(zip(names, values, strict=True)) for values in found.fetchall()]


def compare(reader: Callable[[list[str]], list[dict]], files: list[str], wanted: dict[str, dict]) -> bool:
    """Says whether every record is there once, with the same fields."""
    found = [row(columns) for columns in reader(files)]
    by_id = {f"{one['time_ns']}-{one['stream']}-{one['seq']}": one for one in found}
    wrong = [id_ for id_ in wanted.keys() | by_id.keys() if wanted.get(id_) != by_id.get(id_)]
    for id_ in wrong[:3]:
        print(f"the query API says {wanted.get(id_)}\n{reader.__name__[3:]} says {by_id.get(id_)}")
    right = not wrong and len(found) == len(wanted)
    print(f"{'✅' if right else '❌'} {reader.__name__[3:]}: {len(found)} records, {len(wrong)} differ")
    return right


def counts(url: str, files: list[str]) -> bool:
    """Says whether counts by SQL are those of the query API."""

    def select(sql: str) -> list[tuple]:
        return duckdb.execute(sql, {"files": files}).fetchall()

    hits = json.loads(ask(f"{url}/api/logs/hits?field=level"))["hits"]
    levels = dict(select("SELECT level, count(*) FROM read_parquet($files) GROUP BY ALL"))
    asked = urllib.parse.urlencode({"q": 'service:service-3 message:"timed out after" level:>=warning'})
    rows = ask(f"{url}/api/logs/export?{asked}").splitlines()
    [(matches,)] = select("""SELECT count(*) FROM read_parquet($files) WHERE service = 'service-3'
        AND message LIKE '%timed out after%' AND level IN ('WARNING', 'ERROR', 'CRITICAL')""")
    right = levels == {hit["value"]: hit["total"] for hit in hits} and matches == len(rows) > 0
    mark = "✅" if right else "❌"
    print(f"{mark} counts by SQL: {len(levels)} levels, {matches} matches, {len(rows)} by the query API")
    return right


def main(url: str, parts: Path) -> int:
    """Prints a verdict for each reader."""
    now_ns = time.time_ns()
    for start in range(0, ROUNDS * RECORDS, RECORDS):
        logs = [record(number, now_ns) for number in range(start, start + RECORDS)]
        ask(f"{url}/api/logs", {"client": {"language": "cobol", "pid": 4242, "metadata": {"zone": "a"}}, "logs": logs})
        await_sealed(url)
    files = sorted(map(str, parts.rglob("*.parquet")))
    rows = [json.loads(line) for line in ask(f"{url}/api/logs/export").splitlines()]
    wanted = {one.pop("id"): one for one in rows}
    for one in rows:
        del one["time"]
    print(f"{len(rows)} records in {len(files)} files, {sum(Path(file).stat().st_size for file in files)} bytes")
    verdicts = [compare(reader, files, wanted) for reader in (of_pyarrow, of_pandas, of_duckdb)]
    return int(not all([*verdicts, counts(url, files), len(wanted) == ROUNDS * RECORDS, len(files) > 1]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
