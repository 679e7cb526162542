#!/usr/bin/env bash
# 30 seconds of 10 000 records/s while the server is away, interleaved with a no-op control; then everything must arrive, in
# order. Afterwards a full disk, and processes that stand still in mid-append. OUTAGE_RUNS rounds (default 10).
set -euo pipefail
. doors/places.sh
"$DLOGS_BUILT/dlogs-outage" --rounds "${OUTAGE_RUNS:-10}" --dlogs "$DLOGS_BIN"
for language in $(languages); do tests/disk-full.sh "doors/$language.sh driver"; done
"$DLOGS_BUILT/dlogs-freeze" --rounds "${FREEZE_RUNS:-3}"
