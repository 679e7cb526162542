"""One contender of the bench in Python. It prints one line of JSON and judges nothing.

usage: load.py noop|ours|otel|otel-big|queuehandler ENDPOINT COUNT RATE|flood SCRATCH-DIR
       load.py disabled COUNT SCRATCH-DIR
"""

import gc
import json
import logging
import statistics
import sys
import time
from array import array
from pathlib import Path
from typing import ClassVar

# What all languages log; the bench runs every load in its own folder.
MESSAGES = Path("words/messages.txt").read_text().splitlines()
PATHS = Path("words/paths.txt").read_text().splitlines()


class Noop:
    """The control: everything but a library."""

    def __init__(self, endpoint: str, scratch: str, flood: bool) -> None:
        pass

    def call(self, message: str, fields: dict) -> None:
        pass

    def finish(self) -> int:
        return 0


class Ours:
    """DistributedLogs with a dict, as the README shows it."""

    def __init__(self, endpoint: str, scratch: str, flood: bool) -> None:
        from distributedlogs.config import LogConfig
        from distributedlogs.logger import DistributedLogger

        options = {"overflow": "block", "block_timeout_ms": 10_000} if flood else {}
        config = LogConfig(
            endpoint=endpoint, service_name="bench", journal_dir=str(Path(scratch, "journal")), batch_interval_ms=200, **options
        )
        self.logger = DistributedLogger(config)
        self.logger.start()
        self.call = self.logger.info

    def finish(self) -> int:
        self.logger.close()
        refused = self.logger.stats()["refused"]
        return sum(refused.values())


class Otel:
    """OpenTelemetry's SDK behind the standard library's logging, with its default queue."""

    queue: ClassVar[dict] = {}

    def __init__(self, endpoint: str, scratch: str, flood: bool) -> None:
        from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
        from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
        from opentelemetry.sdk._logs.export import BatchLogRecordProcessor

        exporter = OTLPLogExporter(endpoint=endpoint.replace("/api/logs", "/v1/logs"))
        self.provider = LoggerProvider()
        self.provider.add_log_record_processor(BatchLogRecordProcessor(exporter, **self.queue))
        self.logger = logging.getLogger("bench")
        self.logger.setLevel(logging.INFO)
        self.logger.propagate = False
        self.logger.addHandler(LoggingHandler(logger_provider=self.provider))

    def call(self, message: str, fields: dict) -> None:
        self.logger.info(message, extra=fields)

    def finish(self) -> int:
        self.provider.force_flush(60_000)
        self.provider.shutdown()
        return 0  # The SDK does not tell; the sink knows.


class OtelBig(Otel):
    """The same with room for a million records: what somebody sets who wants to lose nothing."""

    queue: ClassVar[dict] = {"max_queue_size": 1_000_000, "max_export_batch_size": 4096}


class QueueHandler:
    """The standard library's QueueHandler into a thread that writes a file: a reference for the call. It delivers nothing."""

    def __init__(self, endpoint: str, scratch: str, flood: bool) -> None:
        import logging.handlers
        import queue

        waiting: queue.SimpleQueue = queue.SimpleQueue()
        file = logging.FileHandler(Path(scratch, "queuehandler.log"))
        self.listener = logging.handlers.QueueListener(waiting, file)
        self.listener.start()
        self.logger = logging.getLogger("bench")
        self.logger.setLevel(logging.INFO)
        self.logger.propagate = False
        self.logger.addHandler(logging.handlers.QueueHandler(waiting))

    def call(self, message: str, fields: dict) -> None:
        self.logger.info(message, extra=fields)

    def finish(self) -> int:
        self.listener.stop()
        return 0


CONTENDERS = {"noop": Noop, "ours": Ours, "otel": Otel, "otel-big": OtelBig, "queuehandler": QueueHandler}


def run(contender: object, count: int, per_ms: int | None) -> dict:
    """Makes the calls and tells how long they took. Open loop: a late burst is made at once, none is left out."""
    clock, call = time.perf_counter_ns, contender.call
    durations = array("Q", bytes(8 * count))
    burst = per_ms or count
    begun = clock()
    for n in range(count):
        if n % burst == 0:
            due = begun + n // burst * 1_000_000 - clock()
            if due > 0:
                time.sleep(due / 1e9)
        fields = {"user_id": n * 7919 % 100_000, "path": PATHS[n % 8], "duration": n % 10_000 / 16}
        message = MESSAGES[n % 7]
        before = clock()
        call(message, fields)
        durations[n] = clock() - before
    logged = clock()
    dropped = contender.finish()
    ended = clock()
    ordered = sorted(durations)

    def quantile(share: float) -> int:
        return ordered[min(count - 1, int(count * share))]

    return {
        "calls": count,
        "p50_ns": quantile(0.5),
        "p99_ns": quantile(0.99),
        "p999_ns": quantile(0.999),
        "max_ns": ordered[-1],
        "over_1ms": sum(1 for ns in durations if ns > 1_000_000),
        "logged_s": (logged - begun) / 1e9,
        "wall_s": (ended - begun) / 1e9,
        "dropped_says": dropped,
        "peak_kb": peak_kb(),
    }


def disabled(count: int, scratch: str) -> dict[str, float]:
    """What a call costs whose level is off, in nanoseconds: the median of nine rounds in turns, a loop around nothing beside it."""
    ours, peer, fields = Ours("http://127.0.0.1:9/nobody", scratch, flood=False).logger, logging.getLogger("bench"), {"user_id": 1}
    peer.setLevel(logging.INFO)

    def around_nothing() -> None:
        for _ in range(count):
            pass

    def around_ours() -> None:
        for _ in range(count):
            ours.debug("Request processed")

    def around_ours_with_fields() -> None:
        for _ in range(count):
            ours.debug("Request processed", fields)

    def around_peer() -> None:
        for _ in range(count):
            peer.debug("Request processed")

    loops = {"nothing": around_nothing, "ours": around_ours, "ours, a dict": around_ours_with_fields, "logging": around_peer}
    rounds = {name: [] for name in loops}
    for _ in range(9):
        for name, loop in loops.items():
            begun = time.perf_counter_ns()
            loop()
            rounds[name].append((time.perf_counter_ns() - begun) / count)
    ours.close()
    return {name: statistics.median(ns) for name, ns in rounds.items()}


def peak_kb() -> int:
    """Peak resident memory. The parent's wait would tell the parent's own peak, where that was higher before the exec."""
    with Path("/proc/self/status").open() as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


def main() -> None:
    if sys.argv[1] == "disabled":
        print(json.dumps(disabled(int(sys.argv[2]), sys.argv[3])))
        return
    name, endpoint, count, rate, scratch = sys.argv[1:]
    contender = CONTENDERS[name](endpoint, scratch, rate == "flood")
    gc.collect()
    print(json.dumps(run(contender, int(count), None if rate == "flood" else max(1, int(rate) // 1000))))


if __name__ == "__main__":
    main()
