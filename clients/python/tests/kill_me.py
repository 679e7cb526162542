"""Logs from several threads until it is killed, and notes in shared memory which call has returned (dlogs-kills).

Usage: kill_me.py ENDPOINT JOURNAL SIDE LIFE THREADS. When stdin ends it stops, ships everything, also what earlier
lives left, and exits 0.
"""

from __future__ import annotations

import mmap
import sys
import threading
import time
from pathlib import Path

from distributedlogs import DistributedLogger

PATIENCE_S = 280


def log_until(stop: threading.Event, logger: DistributedLogger, side: memoryview, life: str, thread: int) -> None:
    number = 0
    while not stop.is_set():
        number += 1
        while not logger.info(f"{life}.{thread}.{number}", {"thread": thread, "n": number}):
            time.sleep(0.001)
        # One store of 8 bytes. (struct.pack_into clears the place first, and SIGKILL may come in between.)
        side[thread] = number
        if number % 10 == 0:
            time.sleep(0.001)


def others(journal: Path, own: str) -> list[Path]:
    """Segments that other processes left."""
    return [path for path in journal.rglob("*.seg") if own not in str(path.parent)]


def main() -> None:
    endpoint, journal, side_path, life, threads = sys.argv[1:]
    logger = DistributedLogger(
        endpoint=endpoint,
        service_name="kills",
        journal_dir=journal,
        batch_interval_ms=20,
        retry_max_ms=200,
    )
    stop = threading.Event()
    with (
        Path(side_path).open("r+b") as file,
        mmap.mmap(file.fileno(), 0) as shared,
        memoryview(shared).cast("Q") as side,
    ):
        running = [
            threading.Thread(target=log_until, args=(stop, logger, side, life, number))
            for number in range(int(threads))
        ]
        for thread in running:
            thread.start()
        sys.stdin.read()
        stop.set()
        for thread in running:
            thread.join()
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if logger.flush(1) == 0 and not others(Path(journal), logger.stream.partition(".")[0]):
            logger.close()
            sys.exit(0)
        time.sleep(0.05)
    sys.exit(f"not shipped in {PATIENCE_S} s: {others(Path(journal), logger.stream)[:5]}")


if __name__ == "__main__":
    main()
