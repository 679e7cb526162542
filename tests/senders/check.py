"""Compares what the server holds with the rows on stdin (JSON lines): each must be there once, with these fields.

usage: check.py URL SINCE_NS    times must lie between SINCE_NS and now
"""

import json
import sys
import time
import urllib.parse
import urllib.request

# Some libraries know the time to a millisecond only.
COARSE_NS = 1_000_000


def rows(url: str, message: str) -> list[dict]:
    """All rows with just this message."""
    query = urllib.parse.urlencode({"q": "message:" + json.dumps(message, ensure_ascii=False), "limit": 1000})
    with urllib.request.urlopen(f"{url}/api/logs?{query}") as answer:
        return [row for row in json.load(answer)["rows"] if row["message"] == message]


def differences(wanted: object, found: object, path: str) -> list[str]:
    """What is not as wanted; objects may have more keys, and numbers and flags must be of the same type."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        return [line for key, value in wanted.items() for line in differences(value, found.get(key), f"{path}.{key}")]
    if json.dumps(wanted, sort_keys=True) == json.dumps(found, sort_keys=True):
        return []
    return [f"{path}: expected {wanted!r}, found {found!r}"]


def main(url: str, since_ns: int) -> int:
    """Prints what differs; the last line says how many rows are right."""
    checked, failed = 0, 0
    for line in sys.stdin:
        wanted = json.loads(line)
        found = rows(url, wanted["message"])
        if len(found) != 1:
            problems = [f"found {len(found)} times"]
        else:
            problems = differences(wanted, found[0], "row")
            if not since_ns - COARSE_NS <= int(found[0]["time_ns"]) <= time.time_ns():
                problems.append(f"its time is {found[0]['time']}, and not while it was logged")
        for problem in problems:
            print(f"❌ {wanted['message']}: {problem}")
        checked, failed = checked + 1, failed + bool(problems)
    print(f"{checked - failed} of {checked} rows are as they were logged")
    return int(failed > 0 or checked == 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
