#!/usr/bin/env bash
# Other people's libraries send to a real server; what it holds is compared with what they logged, field by field.
set -euo pipefail
. doors/places.sh
need python3 "apt-get install python3 python3-venv"
need node "https://nodejs.org"
need npm "https://nodejs.org"
. tests/served.sh

# Their libraries are kept between runs, outside of the sources.
kept="$CARGO_TARGET_DIR/senders"
mkdir -p "$kept"
if stale "$kept/venv/ready" tests/senders/requirements.txt; then
  python3 -m venv "$kept/venv"
  "$kept/venv/bin/pip" install --quiet --requirement tests/senders/requirements.txt
  touch "$kept/venv/ready"
fi
if stale "$kept/node/ready" tests/senders/package.json; then
  mkdir -p "$kept/node"
  cp tests/senders/package.json "$kept/node/"
  npm install --silent --no-audit --no-fund --prefix "$kept/node"
  touch "$kept/node/ready"
fi
# A module finds its libraries beside itself.
cp tests/senders/*.mjs "$kept/node/"

passed=0 failed=0
sender() {
  echo "── $1"
  if "${@:2}" "$url" >"$scratch/expected" && "$kept/venv/bin/python" tests/senders/check.py "$url" <"$scratch/expected"; then
    echo "✅ $1"
    passed=$((passed + 1))
  else
    echo "❌ $1"
    failed=$((failed + 1))
  fi
}

sender "curl" tests/senders/curl.sh
sender "OpenTelemetry SDK of Python" "$kept/venv/bin/python" tests/senders/otel.py
sender "OpenTelemetry SDK of Node.js" node "$kept/node/otel.mjs"
sender "pino-loki" node "$kept/node/pino.mjs"
sender "elasticsearch for Python" "$kept/venv/bin/python" tests/senders/bulk.py
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
