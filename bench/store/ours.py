"""Our server under the sample. It goes by what `/metrics` and the kernel tell."""

import http.client
import json
import re
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import urlencode

import measure
from sample import LEVELS, NEWEST, RARE_RECORDS, RARE_WORD, SERVICE, Sample

# The last records become a part so soon; under load size decides long before.
SEAL_S = 5
SEALED_DEADLINE_S = 120
MERGED_DEADLINE_S = 600
# So long nothing is merged when there is nothing left to merge.
QUIET_S = 5


class Ours:
    """A `dlogs serve` of its own."""

    def __init__(self, binary: Path, folder: Path) -> None:
        self.data = folder / "data"
        command = [binary, "serve", "--data", self.data, "--port", "0", "--seal-seconds", str(SEAL_S)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=(folder / "stderr").open("w"), text=True)
        line = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        if not found:
            raise SystemExit(f"dlogs serve did not start: see {folder / 'stderr'}")
        self.port = int(found[1])
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path: str, **parameters: str | int) -> bytes:
        self.connection.request("GET", f"{path}?{urlencode(parameters)}" if parameters else path)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}: {body.decode()}")
        return body

    def metric(self, name: str) -> float:
        return float(re.search(rf"^{name} (\S+)$", self.get("/metrics").decode(), re.MULTILINE)[1])

    def merge_cpu_s(self) -> float:
        return measure.thread_cpu_s(self.process.pid).get("dlogs-merge", 0.0)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    # Questions: each returns how many it found.

    def rare(self) -> int:
        return len(self._rows(q=RARE_WORD))

    def newest(self) -> int:
        return len(self._rows(service=SERVICE, limit=NEWEST))

    def histogram(self, sample: Sample) -> int:
        """Some sixty buckets that lie where the records lie: counts on round seconds, as charts ask for them."""
        bounds = {"from": sample.start_s, "to": sample.end_s(), "step": f"{sample.bucket_s()}s"}
        answer = json.loads(self.get("/api/logs/hits", field="level", **bounds))
        filled = sum(any(hit["counts"][at] for hit in answer["hits"]) for at in range(answer["buckets"]))
        if answer["partial"] or len(answer["hits"]) != LEVELS or filled < (sample.end_s() - sample.start_s) // sample.bucket_s():
            raise SystemExit(f"the histogram is not whole: {answer['scanned']}, {filled} buckets")
        return answer["total"]

    def _rows(self, **parameters: str | int) -> list:
        answer = json.loads(self.get("/api/logs", **parameters))
        if answer["partial"]:
            raise SystemExit(f"the answer is not whole: {answer['scanned']}")
        return answer["rows"]


def run(binary: Path, folder: Path, sample: Sample, times: int) -> dict:
    """Everything that is measured."""
    server = Ours(binary, folder)
    try:
        return _measured(server, sample, times)
    finally:
        server.stop()


def _measured(server: Ours, sample: Sample, times: int) -> dict:
    pid, started = server.process.pid, time.monotonic()
    before_s = measure.cpu_s(pid)
    with measure.Watch(pid) as watch:
        sent = sample.load(f"http://127.0.0.1:{server.port}/api/logs")
        acked_s = measure.cpu_s(pid) - before_s
        measure.until("sealing", SEALED_DEADLINE_S, lambda: server.metric("dlogs_part_records") == sample.records)
        # In this order: what is merged in between counts as the work of the others, never the other way round.
        merge_s = server.merge_cpu_s()
        sealed_s = measure.cpu_s(pid) - before_s
        sealed_wall_s = time.monotonic() - started
        threads = measure.thread_cpu_s(pid)
        _wait_for_merges(server)
        merged_s = measure.cpu_s(pid) - before_s
    blooms = measure.bytes_below(server.data / "parts", ".bloom")
    parts = measure.bytes_below(server.data / "parts", ".parquet") + blooms
    questions = {
        "rare": measure.ask(server.rare, RARE_RECORDS, times),
        "histogram": measure.ask(lambda: server.histogram(sample), sample.records, times),
        "newest": measure.ask(server.newest, NEWEST, times),
    }
    return {
        "name": "ours",
        "bytes_per_record": parts / sample.records,
        "index_bytes_per_record": blooms / sample.records,
        "per_cpu_s": sample.records / (sealed_s - merge_s),
        "per_cpu_s_with_merges": sample.records / merged_s,
        "per_cpu_s_acked": sample.records / acked_s,
        "per_s": sample.records / sent["wall_s"],
        "peak_mb": watch.peak["VmHWM"],
        "anon_mb": watch.peak["RssAnon"],
        "questions": questions,
        "peak_mb_with_questions": measure.memory_mb(pid)["VmHWM"],
        "cpu_s": {"acked": acked_s, "sealed": sealed_s, "merge_until_sealed": merge_s, "merged": merged_s},
        "thread_cpu_s_at_sealed": threads,
        "sealed_wall_s": sealed_wall_s,
        "parts": server.metric("dlogs_parts"),
        "sent": sent,
        "settings": f"defaults, --seal-seconds {SEAL_S}; every answer after fdatasync",
    }


def _wait_for_merges(server: Ours) -> None:
    """Until the merger has done nothing for a while."""
    last = (server.merge_cpu_s(), server.metric("dlogs_parts"))
    since, ends = time.monotonic(), time.monotonic() + MERGED_DEADLINE_S
    while time.monotonic() - since < QUIET_S:
        if time.monotonic() > ends:
            raise SystemExit("merges did not end")
        time.sleep(0.25)
        now = (server.merge_cpu_s(), server.metric("dlogs_parts"))
        if now != last:
            last, since = now, time.monotonic()
