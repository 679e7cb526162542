#!/usr/bin/env bash
# Runs every language's quick start against a real server, and the README's curl, and asks the server for what they logged.
set -euo pipefail
. doors/places.sh
. tests/served.sh
export DLOGS_ENDPOINT="$url/api/logs" DLOGS_JOURNAL_DIR="$scratch/journal"

# stored LANGUAGE: true once the server holds a record of it.
stored() {
  for _ in $(seq 100); do
    "$DLOGS_BIN" query --url "$url" --json --language "$1" | grep -q message && return 0
    sleep 0.1
  done
  return 1
}

passed=0 failed=0
verdict() { if "${@:2}"; then echo "✅ $1"; passed=$((passed + 1)); else echo "❌ $1"; failed=$((failed + 1)); fi; }

for language in $(languages); do
  "doors/$language.sh" example
  verdict "the quick start of $language is stored" stored "$language"
done
curl -sf -H 'Content-Type: application/json' "$url/api/logs" \
  -d '{"level": "warning", "message": "disk almost full", "service": "backup", "metadata": {"free_gb": 3}}' >/dev/null
verdict "the curl of the README is stored" stored http
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
