#!/usr/bin/env bash
# The page in real Chromium while 10 000 records/s come in: heap, long tasks, selection, time from POST to pixel. MINUTES=10
set -euo pipefail
. doors/places.sh
if ! doors/dashboard.sh missing; then echo "⏭️  page-load skipped"; exit 0; fi
if ! command -v chromium >/dev/null; then
  echo "⚠️  chromium is not installed; install it with: apt-get install chromium"
  echo "⏭️  page-load skipped"
  exit 0
fi

. tests/served.sh
cd dashboard && DLOGS_URL="$url" MINUTES="${MINUTES:-10}" npm run --silent load
