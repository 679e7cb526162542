#!/usr/bin/env bash
# Every document: links, anchors, and every command in them (tests/docs/README.md). `tests/docs.sh FILE...` checks some.
set -euo pipefail
. doors/places.sh
PYTHONDONTWRITEBYTECODE=1 python3 tests/docs/check.py "$DLOGS_BIN" "$@"
bench/report.py --check
tests/reliability.py --check
