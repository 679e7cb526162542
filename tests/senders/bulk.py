"""Logs through the bulk helper of elasticsearch for Python; prints the rows that must come of it."""

import datetime
import json
import sys

from elasticsearch import Elasticsearch, helpers

client = Elasticsearch(sys.argv[1])
assert client.ping(), "HEAD / is not answered"
assert client.info()["tagline"] == "You Know, for Search"

start = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=1.5)
times = [start + datetime.timedelta(milliseconds=number) for number in range(1200)]


def document(number: int) -> dict:
    """A document of the Elastic Common Schema, ready for the helper."""
    return {
        "_index": "logs-shop",
        "_id": f"id-{number}",
        "_source": {
            "@timestamp": times[number],
            "message": f"bulk {number}",
            "log": {"level": "error" if number % 2 else "warn", "logger": "a.b"},
            "service": {"name": "bulk-shop", "environment": "test"},
            "host": {"name": "web-3"},
            "trace": {"id": "ab" * 16},
            "error": {"type": "E", "message": "m", "stack_trace": "at x"},
            "labels": {"n": number},
        },
    }


# Twice the same: ids make it once.
for _ in range(2):
    stored, errors = helpers.bulk(client, (document(number) for number in range(1200)), chunk_size=500)
    assert (stored, errors) == (1200, []), (stored, errors)

# A bad document is told by its item, and sinks nobody else.
documents = [{"@timestamp": "yesterday", "message": "bad"}, {"message": "bulk beside a bad one"}]
stored, errors = helpers.bulk(client, documents, index="x", raise_on_error=False)
assert stored == 1 and errors[0]["index"]["status"] == 400, errors

for number in (0, 1, 1199):
    row = {
        "time": f"{times[number]:%Y-%m-%dT%H:%M:%S.%f}000Z",
        "message": f"bulk {number}",
        "level": "ERROR" if number % 2 else "WARNING",
        "service": "bulk-shop",
        "environment": "test",
        "host": "web-3",
        "language": "python",
        "logger": "a.b",
        "trace_id": "ab" * 16,
        "error": {"type": "E", "message": "m", "stack": "at x"},
        "metadata": {"labels": {"n": number}, "_id": f"id-{number}", "_index": "logs-shop"},
    }
    print(json.dumps(row))
print(json.dumps({"message": "bulk beside a bad one", "level": "INFO"}))
