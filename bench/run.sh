#!/bin/sh
# Ours against the best peers, interleaved in one run. Prints a table and writes JSON; all arguments go to run.py (--help).
set -eu
cd "$(dirname "$0")"
export CARGO_TARGET_DIR="$PWD/rust/target"
cargo build --release --quiet --manifest-path rust/Cargo.toml
if [ ! -x python/venv/bin/python ]; then
    python3 -m venv python/venv
    python/venv/bin/pip install --quiet --requirement python/requirements.txt
fi
if command -v go >/dev/null; then
    ../doors/go.sh build >/dev/null
    (cd go && go build -o load .)
fi
exec python3 run.py "$@"
