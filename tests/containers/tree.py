"""A stage's files: an overlay on this machine's, or only what a distroless base has. Changes nothing elsewhere."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a distroless base on Debian 12 has, what those have that are not called static, and the ones called cc besides.
DISTROLESS = ["/etc/passwd", "/etc/ssl/certs", "/etc/nsswitch.conf"]
LIBC = [
    "ld-linux-x86-64.so.2",
    "libc.so.6",
    "libm.so.6",
    "libdl.so.2",
    "libpthread.so.0",
    "librt.so.1",
    "libresolv.so.2",
    "libnss_dns.so.2",
    "libnss_files.so.2",
]
LIBGCC = ["libgcc_s.so.1"]
# The kernel's own, of which steps and programs see this machine's.
KERNEL = ["proc", "dev", "sys"]


class Tree:
    """One stage's files."""

    def __init__(self, folder: Path, base: str, keep: Path | None) -> None:
        """`base` is the image that it begins with; `keep` takes the place of /src/target."""
        self.folder, self.empty, self.keep = folder.resolve(), "distroless" in base, keep and keep.resolve()
        self.root = self.folder / "root"
        self.depth = 0
        for part in ("root", "changed", "spare"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        if self.empty:
            self._base(libc=[] if "static" in base else [*LIBC, *LIBGCC] if "/cc-" in base else LIBC)

    def _base(self, libc: list[str]) -> None:
        found = [Path(name) for name in DISTROLESS]
        places = ("/lib", "/lib64")
        found += [path for name in libc for place in places for path in Path(place).glob(f"**/{name}")]
        for path in found:
            to = self.path(str(path))
            to.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                shutil.copytree(path, to, dirs_exist_ok=True)
            elif path.exists():
                shutil.copy2(path, to)
        for name in ("tmp", "home/nonroot", *KERNEL):
            self.path(name).mkdir(parents=True, exist_ok=True)
        shutil.chown(self.path("home/nonroot"), 65532, 65532)
        self.path("tmp").chmod(0o1777)

    def path(self, name: str) -> Path:
        """Where a path of the stage lies here."""
        return self.root / name.lstrip("/")

    @contextlib.contextmanager
    def mounted(self) -> Iterator[None]:
        """Within, the stage's files are at `root`."""
        self.depth += 1
        try:
            if self.depth == 1:
                self._mount()
            yield
        finally:
            self.depth -= 1
            if self.depth == 0:
                self._unmount()

    def _mount(self) -> None:
        if not self.empty:
            layers = f"lowerdir=/,upperdir={self.folder}/changed,workdir={self.folder}/spare"
            mount("-t", "overlay", "overlay", "-o", layers, str(self.root))
        for name in KERNEL:
            mount("--rbind", f"/{name}", str(self.path(name)))
        if self.keep:
            target = self.path("/src/target")
            target.mkdir(parents=True, exist_ok=True)
            self.keep.mkdir(parents=True, exist_ok=True)
            mount("--bind", str(self.keep), str(target))

    def _unmount(self) -> None:
        mounts = [line.split()[1] for line in Path("/proc/mounts").read_text().splitlines()]
        for place in reversed([place for place in mounts if Path(place).is_relative_to(self.root)]):
            subprocess.run(["umount", "--lazy", place], check=True)

    def start(self, command: list[str], **variables: str) -> subprocess.Popen[bytes]:
        """Starts a program of the image as the user without rights."""
        if not self.empty:
            # This machine's toolchains may lie in a home that is root's alone.
            self.path(str(Path.home())).chmod(0o755)
        program = ["chroot", "--userspec=65532:65532", str(self.root), *command]
        return subprocess.Popen(program, env=environment() | {"HOME": "/tmp"} | variables)

    def run(self, command: list[str], directory: str = "/") -> None:
        """Runs a build step."""
        inside = ["/bin/sh", "-c", 'cd "$1" && shift && exec "$@"', "sh", directory]
        done = subprocess.run(["chroot", str(self.root), *inside, *command], env=environment(), check=False)
        if done.returncode != 0:
            raise SystemExit(f"failed with {done.returncode}: {' '.join(command)}")


def environment() -> dict[str, str]:
    """What tells where this machine's toolchains are; nothing that tells where we build."""
    keep = ("PATH", "HOME", "LANG", "CARGO_HOME", "RUSTUP_HOME", "SSL_CERT_FILE")
    return {name: value for name, value in os.environ.items() if name in keep or name.lower().endswith("_proxy")}


def mount(*arguments: str) -> None:
    """As the command."""
    subprocess.run(["mount", *arguments], check=True)
