#!/usr/bin/env bash
# Ours against the best peers, interleaved in one run. Prints a table and writes JSON, and, run whole, BENCHMARKS.md; all
# arguments go to run.py (--help).
# The store has a bench of its own: store/run.sh.
set -euo pipefail
cd "$(dirname "$0")"
# For the rivals only: the doors below build the product where it is always built.
CARGO_TARGET_DIR="$PWD/rust/target" cargo build --release --quiet --manifest-path rust/Cargo.toml
if [ ! -x python/venv/bin/python ]; then
    python3 -m venv python/venv
    python/venv/bin/pip install --quiet --requirement python/requirements.txt
fi
if command -v go >/dev/null; then
    ../doors/go.sh build >/dev/null
    (cd go && go build -o load .)
fi
if command -v mvn >/dev/null; then
    ../doors/java.sh build >/dev/null
    mvn -q -B -f java/pom.xml compile
    echo "-XX:+UseSerialGC -cp $PWD/java/target/classes:$(cat java/target/classpath)" >java/target/arguments
fi
if command -v npm >/dev/null; then
    ../doors/node.sh build >/dev/null
    [ -d node/node_modules ] || npm --prefix node ci --silent --no-audit --no-fund
fi
if command -v dotnet >/dev/null; then
    ../doors/dotnet.sh build >/dev/null
    dotnet build dotnet -c Release --nologo -v quiet -p:DlogsNative="$(cd .. && . doors/places.sh && native)" >/dev/null
fi
python3 run.py "$@"
# A whole run is what BENCHMARKS.md tells; a part of one is for whoever asked.
[ $# -gt 0 ] || python3 report.py publish "$(ls -t results/2*.json | head -1)"
