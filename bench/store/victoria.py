"""VictoriaLogs under the sample, as its documentation says: streams by service and host, `level` an ordinary field."""

import http.client
import json
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import urlencode

import measure
from sample import NEWEST, RARE_RECORDS, RARE_WORD, SERVICE, Sample

FIELDS = {"_stream_fields": "service,host", "_time_field": "time", "_msg_field": "message"}
STORED_DEADLINE_S = 120
# Background merges of VictoriaLogs are at rest when so long no CPU was used to speak of.
QUIET_S = 5
MERGED_DEADLINE_S = 600


class Victoria:
    """A VictoriaLogs of its own."""

    def __init__(self, binary: Path, folder: Path) -> None:
        self.data = folder / "data"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [binary, f"-storageDataPath={self.data}", f"-httpListenAddr=127.0.0.1:{self.port}", "-retentionPeriod=100y"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=(folder / "stderr").open("w"))
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        measure.until("the start of VictoriaLogs", 30, self.is_ready)

    def is_ready(self) -> bool:
        try:
            return self.get("/health") == b"OK"
        except OSError:
            self.connection.close()
            return False

    def get(self, path: str, **parameters: str | int) -> bytes:
        self.connection.request("GET", f"{path}?{urlencode(parameters)}" if parameters else path)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}: {body.decode()}")
        return body

    def version(self) -> str:
        return next((line for line in self.get("/metrics").decode().splitlines() if line.startswith("vm_app_version")), "")

    def stored(self) -> int:
        line = self.get("/select/logsql/query", query="* | count() records").decode()
        return int(json.loads(line)["records"]) if line.strip() else 0

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    # Questions: each returns how many it found.

    def rare(self) -> int:
        return len(self.get("/select/logsql/query", query=RARE_WORD, limit=100).splitlines())

    def newest(self) -> int:
        return len(self.get("/select/logsql/query", query=f'{{service="{SERVICE}"}}', limit=NEWEST).splitlines())


def run(binary: Path, folder: Path, sample: Sample, times: int) -> dict:
    """Everything that is measured."""
    server = Victoria(binary, folder)
    try:
        return _measured(server, sample, times)
    finally:
        server.stop()


def _measured(server: Victoria, sample: Sample, times: int) -> dict:
    pid = server.process.pid
    before_s = measure.cpu_s(pid)
    with measure.Watch(pid) as watch:
        sent = sample.load(f"http://127.0.0.1:{server.port}/insert/jsonline?{urlencode(FIELDS)}", "json")
        server.get("/internal/force_flush")
        loaded_s = measure.cpu_s(pid) - before_s
        _rest(pid)
        merged_s = measure.cpu_s(pid) - before_s
    measure.until("storing everything", STORED_DEADLINE_S, lambda: server.stored() == sample.records)

    def histogram() -> int:
        step = f"{max(1, (sample.end_s() - sample.start_s) // 60)}s"
        body = server.get("/select/logsql/hits", query="*", field="level", step=step, start=sample.start_s, end=sample.end_s())
        return sum(hit["total"] for hit in json.loads(body)["hits"])

    questions = {
        "rare": measure.ask(server.rare, RARE_RECORDS, times),
        "histogram": measure.ask(histogram, sample.records, times),
        "newest": measure.ask(server.newest, NEWEST, times),
    }
    return {
        "name": "VictoriaLogs",
        "bytes_per_record": measure.bytes_below(server.data) / sample.records,
        "index_bytes_per_record": measure.bytes_below(server.data, "bloom.bin", ".bloom") / sample.records or None,
        # Its merges run in the same threads as all else.
        "per_cpu_s": sample.records / loaded_s,
        "per_cpu_s_with_merges": sample.records / merged_s,
        "per_s": sample.records / sent["wall_s"],
        "peak_mb": watch.peak["VmHWM"],
        "anon_mb": watch.peak["RssAnon"],
        "questions": questions,
        "peak_mb_with_questions": measure.memory_mb(pid)["VmHWM"],
        "sent": sent,
        "settings": "defaults; JSON lines, zstd; an answer does not wait for the disk",
        "version": server.version(),
    }


def _rest(pid: int) -> None:
    last, since, ends = measure.cpu_s(pid), time.monotonic(), time.monotonic() + MERGED_DEADLINE_S
    while time.monotonic() - since < QUIET_S and time.monotonic() < ends:
        time.sleep(1)
        now = measure.cpu_s(pid)
        # Go's runtime is never quite still.
        if now - last > 0.1:
            since = time.monotonic()
        last = now
