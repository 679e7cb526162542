"""Stores a few records of every shape, so that answers have rows. usage: fill.py URL"""

import json
import sys
import urllib.request

LOGS = [
    {"message": "plain"},
    {"level": "error", "message": "failed", "service": "shop", "error": {"type": "E", "message": "m", "stack": "at x"}},
    {"event": "paid", "message": "x", "trace_id": "ab" * 16, "span_id": "cd" * 8, "logger": "a", "thread": "t"},
    {
        "message": "many",
        "component": "c",
        "environment": "test",
        "host": "h",
        "metadata": {"a": [1, None, {"b": 0.5}], "": ""},
    },
]
CLIENT = {"language": "cobol", "service": "fill", "pid": 1}

body = json.dumps({"client": CLIENT, "logs": LOGS * 50}).encode()
urllib.request.urlopen(
    urllib.request.Request(f"{sys.argv[1]}/api/logs", body, {"Content-Type": "application/json"})
).close()
