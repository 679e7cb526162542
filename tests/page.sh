#!/usr/bin/env bash
# The page in real Chromium, against a real server that it finds empty, with the demos of every language that is built.
set -euo pipefail
. doors/places.sh
if ! doors/dashboard.sh missing; then echo "⏭️  page skipped"; exit 0; fi
if ! command -v chromium >/dev/null; then
  echo "⚠️  chromium is not installed; install it with: apt-get install chromium"
  echo "⏭️  page skipped"
  exit 0
fi

. tests/served.sh
clients=$(languages | tr '\n' ' ')
cd dashboard && DLOGS_URL="$url" DLOGS_CLIENTS="$clients" npm run --silent e2e
