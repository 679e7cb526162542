"""VictoriaLogs under the sample, over HTTP as ours. It answers before anything is on disk, and syncs every few seconds."""

import http.client
import json
import re
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import urlencode

import measure
from sample import LEVELS, NEWEST, RARE_RECORDS, RARE_WORD, SERVICE, Sample

# What names a process of the sample; VictoriaLogs stores records of one stream together.
STREAM = "service,component,host,pid"
STORED_DEADLINE_S = 120
QUIET_DEADLINE_S = 600
# So long nothing is merged when there is nothing left to merge.
QUIET_S = 5


class Victoria:
    """A server of its own, with the defaults."""

    def __init__(self, binary: Path, folder: Path) -> None:
        self.data = folder / "data"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [binary, f"-storageDataPath={self.data}", f"-httpListenAddr=127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=(folder / "stderr").open("w"))
        measure.until("VictoriaLogs' start", 30, self._listens)

    def _listens(self) -> bool:
        try:
            return self.get("/health") == b"OK"
        except OSError:
            return False

    def get(self, path: str, **parameters: str | int) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("GET", f"{path}?{urlencode(parameters)}" if parameters else path)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 200:
            raise SystemExit(f"VictoriaLogs: {path} answered {answer.status}: {body.decode()}")
        return body

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    # Questions: each returns how many it found.

    def count(self) -> int:
        return int(json.loads(self.get("/select/logsql/query", query="* | count() as n"))["n"])

    def rare(self) -> int:
        return self._rows(query=RARE_WORD, limit=100)

    def newest(self) -> int:
        return self._rows(query=f'service:="{SERVICE}"', limit=NEWEST)

    def histogram(self, sample: Sample) -> int:
        bounds = {"start": sample.start_s, "end": sample.end_s(), "step": f"{sample.bucket_s()}s"}
        hits = json.loads(self.get("/select/logsql/hits", query="*", field="level", **bounds))["hits"]
        if len(hits) != LEVELS:
            raise SystemExit("VictoriaLogs' histogram is not whole")
        return sum(hit["total"] for hit in hits)

    def _rows(self, **parameters: str | int) -> int:
        return self.get("/select/logsql/query", **parameters).count(b"\n")


def run(binary: Path, folder: Path, sample: Sample, times: int) -> dict:
    """Everything that is measured."""
    server = Victoria(binary, folder)
    try:
        return _measured(server, binary, sample, times)
    finally:
        server.stop()


def _measured(server: Victoria, binary: Path, sample: Sample, times: int) -> dict:
    pid = server.process.pid
    before_s = measure.cpu_s(pid)
    fields = urlencode({"_stream_fields": STREAM, "_msg_field": "message", "_time_field": "time"})
    with measure.Watch(pid) as watch:
        sent = sample.load(f"http://127.0.0.1:{server.port}/insert/jsonline?{fields}", "lines")
        server.get("/internal/force_flush")
        stored_s = measure.cpu_s(pid) - before_s
        measure.until("storing", STORED_DEADLINE_S, lambda: server.count() == sample.records)
        _wait_for_merges(pid)
        merged_s = measure.cpu_s(pid) - before_s
    questions = {
        "rare": measure.ask(server.rare, RARE_RECORDS, times),
        "histogram": measure.ask(lambda: server.histogram(sample), sample.records, times),
        "newest": measure.ask(server.newest, NEWEST, times),
    }
    return {
        "name": "VictoriaLogs",
        "bytes_per_record": measure.bytes_below(server.data) / sample.records,
        "index_bytes_per_record": None,
        "per_cpu_s": sample.records / stored_s,
        "per_cpu_s_with_merges": sample.records / merged_s,
        "per_s": sample.records / sent["wall_s"],
        "peak_mb": watch.peak["VmHWM"],
        "anon_mb": watch.peak["RssAnon"],
        "questions": questions,
        "peak_mb_with_questions": measure.memory_mb(pid)["VmHWM"],
        "cpu_s": {"stored": stored_s, "merged": merged_s},
        "sent": sent,
        "settings": f"defaults; lines of JSON, zstd, 1000 a request; streams by {STREAM}; answers before anything is on disk",
        "version": _version(binary),
    }


def _version(binary: Path) -> str:
    said = subprocess.run(["go", "version", "-m", binary], stdout=subprocess.PIPE, text=True, check=True).stdout
    return re.search(r"^\s+mod\s+\S+\s+(\S+)", said, re.MULTILINE)[1]


def _wait_for_merges(pid: int) -> None:
    """Until the server has done nothing for a while."""
    last, since, ends = measure.cpu_s(pid), time.monotonic(), time.monotonic() + QUIET_DEADLINE_S
    while time.monotonic() - since < QUIET_S:
        if time.monotonic() > ends:
            raise SystemExit("VictoriaLogs did not come to rest")
        time.sleep(0.5)
        now = measure.cpu_s(pid)
        # A hundredth of a core is what an idle server takes.
        if now - last > 0.005:
            since = time.monotonic()
        last = now
