"""Compares what the server holds with the rows on stdin (JSON lines): each must be there once, with these fields and values."""

import json
import sys
import urllib.parse
import urllib.request


def rows(url: str, message: str) -> list[dict]:
    query = urllib.parse.urlencode({"q": "message:" + json.dumps(message, ensure_ascii=False), "limit": 1000})
    with urllib.request.urlopen(f"{url}/api/logs?{query}") as answer:
        return [row for row in json.load(answer)["rows"] if row["message"] == message]


def differences(wanted: object, found: object, path: str) -> list[str]:
    if isinstance(wanted, dict) and isinstance(found, dict):
        return [line for key, value in wanted.items() for line in differences(value, found.get(key), f"{path}.{key}")]
    return [] if wanted == found else [f"{path}: expected {wanted!r}, found {found!r}"]


checked, failed = 0, 0
for line in sys.stdin:
    wanted = json.loads(line)
    found = rows(sys.argv[1], wanted["message"])
    if len(found) != 1:
        problems = [f"found {len(found)} times"]
    else:
        problems = differences(wanted, found[0], "row")
    for problem in problems:
        print(f"❌ {wanted['message']}: {problem}")
    checked, failed = checked + 1, failed + bool(problems)
print(f"{checked - failed} of {checked} rows are as they were logged")
sys.exit(failed > 0 or checked == 0)
