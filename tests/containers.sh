#!/usr/bin/env bash
# The containers: docker/Dockerfile and compose.yaml checked, then, with CONTAINERS=build, every build step run and every image's
# program started (half an hour the first time). Where an engine is, `docker compose up --build` itself is the better test.
set -euo pipefail
. doors/places.sh
. tests/python.sh

python=$(environment "$CARGO_TARGET_DIR/containers" tests/containers/requirements.txt)
"${python%/*}/hadolint" docker/Dockerfile
echo "✅ docker/Dockerfile has no finding of hadolint"
"$python" tests/containers/check.py docker/Dockerfile compose.yaml
if command -v docker-compose >/dev/null; then docker-compose -f compose.yaml config --quiet && echo "✅ docker-compose reads compose.yaml"; fi

if [ "${CONTAINERS:-}" = build ]; then
  scratch=$(mktemp -d)
  trap 'rm -rf --one-file-system "$scratch"' EXIT
  # In a mount namespace of its own: whatever happens, nothing stays mounted.
  unshare --mount "$python" tests/containers/build.py --scratch "$scratch" --keep "$CARGO_TARGET_DIR/containers/target" docker/Dockerfile
fi
