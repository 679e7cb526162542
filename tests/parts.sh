#!/usr/bin/env bash
# Opens a running server's parts with DuckDB, pandas and pyarrow: they hold what the query API answers.
set -euo pipefail
. doors/places.sh
if ! (need python3 "apt-get install python3 python3-venv"); then echo "⏭️  parts skipped"; exit 0; fi
. tests/python.sh
python=$(environment "$CARGO_TARGET_DIR/parts" tests/parts/requirements.txt)

serve_with="--seal-seconds 1"
. tests/served.sh
"$python" tests/parts/compare.py "$url" "$scratch/data/parts"
