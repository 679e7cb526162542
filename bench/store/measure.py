"""What the kernel knows about a process, and how long a question takes. It runs nothing itself."""

import os
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

TICK_S = 1 / os.sysconf("SC_CLK_TCK")
# How often memory is looked at under load.
LOOK_S = 0.05


def cpu_s(pid: int) -> float:
    """User and system time of the process so far."""
    return _ticks(Path(f"/proc/{pid}/stat")) * TICK_S


def thread_cpu_s(pid: int) -> dict[str, float]:
    """The same for each name of its living threads."""
    sums: dict[str, float] = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            name = (task / "comm").read_text().strip()
            sums[name] = sums.get(name, 0) + _ticks(task / "stat") * TICK_S
        except (FileNotFoundError, ProcessLookupError):
            continue  # It ended meanwhile.
    return sums


def _ticks(stat: Path) -> int:
    fields = stat.read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def memory_mb(pid: int | str) -> dict[str, float]:
    """VmHWM, VmRSS and RssAnon: peak, now, and now without files that are mapped."""
    lines = (line.split() for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return {line[0][:-1]: int(line[1]) / 1024 for line in lines if line[0] in ("VmHWM:", "VmRSS:", "RssAnon:")}


def bytes_below(folder: Path, *endings: str) -> int:
    """Bytes of the files below a folder whose names end so; of all files without endings."""
    sizes = 0
    for directory, _, names in os.walk(folder):
        for name in names:
            if not endings or name.endswith(endings):
                try:
                    sizes += Path(directory, name).stat().st_size
                except FileNotFoundError:
                    continue  # A merge took it.
    return sizes


class Watch:
    """Looks at a process's memory while a block runs; `peak` has the largest of each value."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.peak: dict[str, float] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(LOOK_S):
            try:
                now = memory_mb(self.pid)
            except (FileNotFoundError, ProcessLookupError):
                return
            self.peak = {key: max(value, self.peak.get(key, 0)) for key, value in now.items()}


@dataclass
class Question:
    """A question that was asked again and again."""

    answers: int
    times_ms: list[float] = field(default_factory=list)

    def report(self) -> dict:
        return {
            "median_ms": statistics.median(self.times_ms),
            "first_ms": self.times_ms[0],
            "worst_ms": max(self.times_ms),
            "answers": self.answers,
        }


def ask(question: Callable[[], int], expected: int, times: int) -> dict:
    """Asks so many times; the answer is a count, and a wrong one ends the run."""
    asked = Question(expected)
    for _ in range(times):
        started = time.perf_counter()
        answers = question()
        asked.times_ms.append((time.perf_counter() - started) * 1000)
        if answers != expected:
            raise SystemExit(f"{question.__qualname__}: {answers} instead of {expected}")
    return asked.report()


def until(what: str, deadline_s: float, holds: Callable[[], bool]) -> None:
    """Waits until it holds."""
    ends = time.monotonic() + deadline_s
    while not holds():
        if time.monotonic() > ends:
            raise SystemExit(f"{what} did not come to pass within {deadline_s:.0f} s")
        time.sleep(0.05)
