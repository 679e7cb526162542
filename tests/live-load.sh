#!/usr/bin/env bash
# 50 000 records/s into a real server, now without viewers and now with 200, 20 of whom never read: ingest may become slower by
# 10 %, a viewer may take 1 MiB, and each must have counted every record. LIVE_SECONDS of load a phase (default 20), LIVE_ROUNDS
# of both (default 2).
set -euo pipefail
. doors/places.sh
compile -p dlogs-server --example live_load
"$DLOGS_BUILT/examples/live_load" --dlogs "$DLOGS_BIN" --seconds "${LIVE_SECONDS:-20}" --rounds "${LIVE_ROUNDS:-2}"
