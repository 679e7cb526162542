"""What must be true of compose.yaml and the images; changes nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml
from dockerfile import stages

LANGUAGES = {"python", "java", "node", "dotnet", "go", "rust"}
NOBODY = "65532:65532"


def findings(dockerfile: Path, compose: Path) -> list[str]:
    """What is wrong, one sentence each."""
    images = {stage.name: stage for stage in stages(dockerfile)}
    services = yaml.safe_load(compose.read_text())["services"]
    found = []
    if set(services) != LANGUAGES | {"server"}:
        found.append(
            f"{compose}: the services are {sorted(services)}; there must be the server and {sorted(LANGUAGES)}"
        )
    for name, service in services.items():
        target = service["build"]["target"]
        image = images.get(target)
        if target != name or image is None:
            found.append(f"{compose}: {name} builds {target}; give it a stage of its own name in {dockerfile}")
            continue
        if image.last("USER") != NOBODY:
            found.append(f"{dockerfile}: {name} does not run as {NOBODY}")
        ports = service.get("ports", [])
        if ports != (["127.0.0.1:5000:5000"] if name == "server" else []):
            found.append(
                f"{compose}: {name} publishes {ports}; only the server may, on 127.0.0.1:5000: it asks for no key"
            )
    if images["server"].health() is None:
        found.append(f"{dockerfile}: the server has no HEALTHCHECK")
    return found


def main() -> None:
    """Says what is wrong and fails, or that nothing is."""
    wrong = findings(Path(sys.argv[1]), Path(sys.argv[2]))
    if wrong:
        raise SystemExit("\n".join(f"❌ {one}" for one in wrong))
    print("✅ compose.yaml and docker/Dockerfile belong together")


main()
