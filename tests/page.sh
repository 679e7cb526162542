#!/usr/bin/env bash
# The page in real Chromium, against a real server that it finds empty, with records that come through the real ingest.
set -euo pipefail
. doors/places.sh
if ! doors/dashboard.sh missing; then echo "⏭️  page skipped"; exit 0; fi
if ! command -v chromium >/dev/null; then
  echo "⚠️  chromium is not installed; install it with: apt-get install chromium"
  echo "⏭️  page skipped"
  exit 0
fi

scratch=$(mktemp -d)
"$DLOGS_BIN" serve --port 0 --data "$scratch/data" >"$scratch/said" 2>"$scratch/errors" &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; rm -rf "$scratch"' EXIT
for _ in $(seq 100); do
  url=$(grep -oE 'http://[0-9.a-z]+:[0-9]+' "$scratch/said" | head -1) && break
  sleep 0.1
done
[ -n "${url:-}" ] || { echo "the server did not start:"; cat "$scratch/errors"; exit 1; } >&2
cd dashboard && DLOGS_URL="$url" npm run --silent e2e
