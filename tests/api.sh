#!/usr/bin/env bash
# schemathesis asks a real server everything that spec/openapi.json allows, and what it forbids: no answer is a 5xx, and every
# answer is one that the document tells of. API_EXAMPLES requests for each operation (default 25), from a seed (SEED repeats it).
set -euo pipefail
. doors/places.sh
if ! (need python3 "apt-get install python3 python3-venv"); then echo "⏭️  api skipped"; exit 0; fi
. tests/python.sh
python=$(environment "$CARGO_TARGET_DIR/api" tests/api/requirements.txt)

serve_with="--seal-seconds 1 --no-auth"
. tests/served.sh
# Rows to be found, in parts and in memory.
"$python" tests/api/fill.py "$url"
# It leaves files where it runs.
cd "$scratch"
SCHEMATHESIS_HOOKS="$root/tests/api/hooks.py" \
  "${python%/*}/schemathesis" --config-file "$root/tests/api/schemathesis.toml" run "$url/api/openapi.json" \
  --max-examples "${API_EXAMPLES:-25}" --seed "${SEED:-$RANDOM}"
