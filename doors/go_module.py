"""Lays a Go module into a module proxy: FOLDER/<module>/@v/VERSION.{info,mod,zip}. Never changes the module."""

import json
import sys
import time
import zipfile
from pathlib import Path


def files(module: Path) -> list[Path]:
    """What belongs to the module: not the modules inside of it, not what is hidden."""
    inner = [mod.parent for mod in module.glob("*/**/go.mod")]
    return sorted(
        path
        for path in module.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(module).parts)
        and not any(path.is_relative_to(other) for other in inner)
    )


def main() -> None:
    """Packs one module."""
    module, name, version, out = (
        Path(sys.argv[1]),
        sys.argv[2],
        sys.argv[3],
        Path(sys.argv[4]),
    )
    place = out / name / "@v"
    place.mkdir(parents=True, exist_ok=True)
    (place / "list").write_text(f"{version}\n")
    (place / f"{version}.info").write_text(
        json.dumps(
            {
                "Version": version,
                "Time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            }
        )
    )
    (place / f"{version}.mod").write_bytes((module / "go.mod").read_bytes())
    with zipfile.ZipFile(place / f"{version}.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for path in files(module):
            packed.write(
                path, f"{name}@{version}/{path.relative_to(module).as_posix()}"
            )
        # A module in a folder of a repository has the repository's licence.
        if not (module / "LICENSE").exists():
            packed.write(
                Path(__file__).parent.parent / "LICENSE", f"{name}@{version}/LICENSE"
            )


main()
