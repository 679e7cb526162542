#!/usr/bin/env bash
# The store against VictoriaLogs and DuckDB over the same records. Prints a table and writes JSON; arguments go to run.py (--help).
set -euo pipefail
cd "$(dirname "$0")/../.."
. doors/places.sh
need cargo "curl https://sh.rustup.rs -sSf | sh"
need python3 "apt-get install python3 python3-venv   (3.11 or newer)"
scratch="$CARGO_TARGET_DIR/bench-store"
mkdir -p "$scratch"

cargo build --quiet --release -p dlogs-cli -p dlogs-bench-store
peer=()
# DuckDB lives outside of the repository and its lock files.
if [ ! -x "$scratch/venv/bin/python" ]; then
  python3 -m venv "$scratch/venv" &&
    "$scratch/venv/bin/pip" install --quiet --disable-pip-version-check -r bench/store/requirements.txt ||
    rm -rf "$scratch/venv"
fi
if [ -x "$scratch/venv/bin/python" ]; then peer=(--python "$scratch/venv/bin/python"); else echo "⏭️  DuckDB skipped" >&2; fi
# The peer that is a server, too.
if [ ! -x "$scratch/victoria-logs" ] && command -v go >/dev/null; then
  GOBIN="$scratch" go install github.com/VictoriaMetrics/VictoriaLogs/app/victoria-logs@v1.52.2 || true
fi
if [ -x "$scratch/victoria-logs" ]; then peer+=(--victorialogs "$scratch/victoria-logs"); else echo "⏭️  VictoriaLogs skipped" >&2; fi

PYTHONPATH=bench exec python3 bench/store/run.py --dlogs "$DLOGS_BUILT/dlogs" --program "$DLOGS_BUILT/dlogs-bench-store" \
  --scratch "$scratch" "${peer[@]}" "$@"
