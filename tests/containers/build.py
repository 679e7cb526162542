"""Runs every build step of a Dockerfile where no container engine can run, and then the programs of its images.

A stage is an overlay on this machine's own files, with the toolchains that are here in the place of its base image; a
stage on a distroless base begins with nothing but what such a base brings. Steps run in it by chroot, so nothing of
this machine is changed. It cannot show that the base images have what the steps need. Needs root, on Linux.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from dockerfile import Copy, Stage, stages
from run import run
from tree import Tree

ROOT = Path(__file__).resolve().parents[2]


def repository(scratch: Path) -> Path:
    """The build's context: what git knows of; .dockerignore leaves out nothing that is needed."""
    context = scratch / "context"
    if not context.exists():
        context.mkdir(parents=True)
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        for name in filter(None, listed.stdout.decode().split("\0")):
            if (ROOT / name).is_file():
                (context / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, context / name)
    return context


def copied(copy: Copy, source: Path, tree: Tree, directory: str) -> None:
    """COPY: files into a folder or to a name; of a folder its content."""
    to = tree.path(os.path.join(directory, copy.to))  # noqa: PTH118
    many = len(copy.paths) > 1 or copy.to.endswith("/")
    for pattern in copy.paths:
        found = sorted(source.glob(pattern.lstrip("/")))
        if not found:
            raise SystemExit(f"COPY: there is no {pattern} in {copy.source or 'the repository'}")
        for path in found:
            if path.is_dir():
                shutil.copytree(path, to, dirs_exist_ok=True)
            else:
                target = to / path.name if many or to.is_dir() else to
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, target)
    if copy.owner:
        owner, group = map(int, copy.owner.split(":"))
        for path in [to, *to.rglob("*")]:
            os.chown(path, owner, group)


def build(stage: Stage, built: dict[str, Tree], scratch: Path, keep: Path | None) -> Tree:
    """Runs one stage's steps."""
    tree = Tree(scratch / "stages" / stage.name, stage.base, keep)
    directory = "/"
    with tree.mounted():
        for step in stage.instructions:
            if step.word == "WORKDIR":
                directory = os.path.join(directory, step.text)  # noqa: PTH118
                tree.path(directory).mkdir(parents=True, exist_ok=True)
            elif step.word == "COPY":
                copy = Copy.read(step.text)
                if copy.source:
                    with built[copy.source].mounted():
                        copied(copy, built[copy.source].root, tree, directory)
                else:
                    copied(copy, repository(scratch), tree, directory)
            elif step.word == "RUN":
                print(f"   {stage.name}, line {step.line}: {step.text[:100]}", flush=True)
                tree.run(["/bin/sh", "-c", step.text], directory)
    return tree


def given(folder: Path, scratch: Path) -> Tree:
    """The stage core as a folder that holds what it makes."""
    tree = Tree(scratch / "stages/core", "distroless", None)
    shutil.copytree(folder, tree.path("/out"))
    return tree


def lacks(stage: Stage, built: dict[str, Tree], core: Path | None) -> bool:
    """True if the folder that was given for the stage core has not what this stage takes from it."""
    copies = [Copy.read(step.text) for step in stage.instructions if step.word == "COPY"]
    taken = [path for copy in copies if copy.source == "core" for path in copy.paths]
    missing = core and not all(any(core.glob(path.removeprefix("/out/"))) for path in taken)
    return bool(missing) or any(copy.source and copy.source not in built for copy in copies)


def main() -> None:
    """Builds the stages that are asked for, and what they need."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scratch", type=Path, required=True, help="an empty folder for everything that is built")
    parser.add_argument(
        "--keep", type=Path, help="a folder that takes the place of /src/target, to go on with the next time"
    )
    parser.add_argument("--core", type=Path, help="a folder with what the stage core makes, instead of its steps")
    parser.add_argument("--server", type=Path, help="a server that is listened to where the image of it is left out")
    parser.add_argument("dockerfile", type=Path)
    wish = parser.parse_args()
    if os.geteuid() != 0 or sys.platform != "linux":
        raise SystemExit("the steps are run in overlays by chroot, which needs root on Linux")
    built: dict[str, Tree] = {}
    found = stages(wish.dockerfile)
    for stage in found:
        print(f"── {stage.name}, in the place of {stage.base}", flush=True)
        if stage.name == "core" and wish.core:
            built["core"] = given(wish.core, wish.scratch)
        elif lacks(stage, built, wish.core):
            print(f"   {stage.name} is left out: {wish.core} has not what it takes", flush=True)
        else:
            built[stage.name] = build(stage, built, wish.scratch, wish.keep if stage.name == "core" else None)
    run({stage.name: stage for stage in found if stage.name in built and stage.command()}, built, wish.server)


if __name__ == "__main__":
    main()
