#!/usr/bin/env python3
"""Kills the server with SIGKILL while it seals, merges and lets parts go; never looks into its files but to count them.

Three senders repeat each batch under its Idempotency-Key until it is taken: every record is stored exactly once.
Once nothing may leave: all is there. Once the oldest leave: what is not there was counted as expired. KILLS times each.
"""

import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

RECORDS = 20
SENDERS = 3
# Above what a start takes on an empty folder: a slow machine is not the store's fault.
READY_MAX_S = 2.0
SMALL = ["--port", "0", "--seal-mib", "0", "--housekeeping-ms", "20", "--keep-free-mib", "0", "--min-free-mib", "0"]


class Server:
    """One life of the server."""

    def __init__(self, dlogs: str, data: str, keep_mib: int) -> None:
        """Starts it and waits until it says where it serves."""
        started = time.monotonic()
        command = [dlogs, "serve", "--data", data, "--keep-mib", str(keep_mib), *SMALL]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.url = "http://" + self.process.stdout.readline().split("http://")[1].split()[0]
        self.ready_s = time.monotonic() - started

    def get(self, path: str) -> bytes:
        """The body of an answer."""
        with urllib.request.urlopen(self.url + path, timeout=60) as answer:
            return answer.read()

    def kill(self) -> None:
        """Ends it as a power cut would end a process; one that has ended before has failed."""
        assert self.process.poll() is None, "the server has ended by itself"
        self.process.kill()
        self.process.wait()


class Sender(threading.Thread):
    """Sends batches, each until it is taken, wherever the server is by then."""

    def __init__(self, name: str, run: "Run") -> None:
        """A sender whose records carry this name."""
        super().__init__(name=name)
        self.run_of = run
        self.taken: list[str] = []
        self.faults: list[str] = []

    def run(self) -> None:
        """Goes on until it is told to stop; the batch that has begun is finished."""
        number = 0
        while not self.run_of.done:
            messages = [f"{self.name} {number} {i}" for i in range(RECORDS)]
            # Random bytes, so that the oldest parts have to leave soon.
            records = [{"message": m, "metadata": {"pad": os.urandom(100).hex()}} for m in messages]
            body = json.dumps(records).encode()
            while not self.post(f"{self.name}-{number}", body):
                time.sleep(0.01)
            self.taken += messages
            number += 1

    def post(self, key: str, body: bytes) -> bool:
        """True when all records of the batch are stored."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        request = urllib.request.Request(self.run_of.server.url + "/api/logs", body, headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.load(answer)["accepted"] == RECORDS
        except urllib.error.HTTPError as refused:
            if refused.code not in (429, 503):
                self.faults.append(f"{refused.code}: {refused.read()!r}")
        except (OSError, http.client.HTTPException, ValueError):
            pass  # It was killed: before, in, or after the answer.
        return False


class Run:
    """Kills of one data directory, and what is there in the end."""

    def __init__(self, dlogs: str, data: str, keep_mib: int) -> None:
        """Starts the first life."""
        self.start = lambda: Server(dlogs, data, keep_mib)
        self.data = data
        self.server = self.start()
        self.empty_s = self.server.ready_s
        self.done = False

    def kills(self, count: int) -> list[str]:
        """Kills it so often; the records that were taken."""
        senders = [Sender(f"s{n}", self) for n in range(SENDERS)]
        for sender in senders:
            sender.start()
        slowest = 0.0
        for _ in range(count):
            time.sleep(random.uniform(0.02, 0.5))
            self.server.kill()
            self.server = self.start()
            slowest = max(slowest, self.server.ready_s)
        self.done = True
        for sender in senders:
            sender.join()
        self.server.kill()
        self.server = self.start()
        said = f"{slowest:.2f} s until it was ready, {self.empty_s:.2f} s on an empty folder"
        assert slowest < READY_MAX_S + 10 * self.empty_s, said
        faults = [fault for sender in senders for fault in sender.faults]
        assert not faults, faults
        return [message for sender in senders for message in sender.taken]

    def look(self, taken: list[str]) -> str:
        """Compares; what was found."""
        rows = self.server.get("/api/logs/export").splitlines()
        found = [json.loads(row)["message"] for row in rows if row.strip()]
        expired = json.loads(self.server.get("/api/stats"))["totals"]["expired"]
        assert len(found) == len(set(found)), "a record twice"
        assert set(found) <= set(taken), "a record that nobody sent"
        assert len(found) + expired == len(taken), f"{len(found)} there, {expired} expired, {len(taken)} taken"
        return f"{len(taken)} records taken, {len(found)} there, {expired} expired"

    def end(self, dlogs: str) -> None:
        """Stops it in good order: no orphan stays, and every checksum holds."""
        self.server.process.terminate()
        assert self.server.process.wait() == 0
        subprocess.run([dlogs, "check", self.data], check=True)


def main() -> int:
    """Both runs."""
    dlogs = sys.argv[1]
    count = int(os.environ.get("KILLS", "10"))
    for keep_mib in (0, 1):
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "data"
            run = Run(dlogs, str(data), keep_mib)
            taken = run.kills(count)
            # While parts leave, what is there and what has left are read one after the other.
            deadline = time.monotonic() + 20
            while True:
                try:
                    told = run.look(taken)
                    break
                except AssertionError:
                    if time.monotonic() > deadline:
                        raise
            run.end(dlogs)
            files = list(data.glob("parts/*/*"))
            parts = {file.with_suffix("") for file in files}
            assert len(files) == 2 * len(parts), f"half a part: {files}"
            print(f"✅ {count} kills, --keep-mib {keep_mib}: {told}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
