"""The records of a run, as every system gets them. It knows no system."""

import json
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

# Must be what src/record.rs and src/process.rs say.
RARE_WORD = "zugzwang"
RARE_RECORDS = 7
SERVICE = "billing"
NEWEST = 100
LEVELS = 5


def bucket_s(records: int) -> int:
    """About sixty buckets over all."""
    return max(1, records // 60_000)


@dataclass(frozen=True)
class Sample:
    """How many records, from when, and the program that makes them."""

    program: Path
    records: int
    connections: int
    # The day before, so that a run at midnight is a run as any other.
    start_s: int = int(time.time()) // 86_400 * 86_400 - 86_400

    def load(self, url: str, form: str = "native") -> dict:
        """Sends all of them; what the program says that it sent."""
        command = [self.program, "load", "--url", url, "--form", form, "--connections", str(self.connections), *self._which()]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit("the load broke off")
        sent = json.loads(done.stdout)
        if sent["records"] != self.records:
            raise SystemExit(f"{sent['records']} of {self.records} were sent")
        return sent

    def write(self, file: Path) -> None:
        """All of them as lines of JSON."""
        with file.open("wb") as lines:
            subprocess.run([self.program, "generate", *self._which()], stdout=lines, check=True)

    def end_s(self) -> int:
        """Behind the last record; they come a millisecond apart."""
        return self.start_s + -(-self.records // 1000)

    def bucket_s(self) -> int:
        """Seconds of a bucket of the histogram."""
        return bucket_s(self.records)

    def _which(self) -> list[str]:
        return ["--records", str(self.records), "--start-s", str(self.start_s)]
