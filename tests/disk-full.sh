#!/usr/bin/env bash
# Plays tests/disk_full.json on a tmpfs of 8 MiB: tests/disk-full.sh "DRIVER COMMAND". Without root it says that it skips.
set -euo pipefail
. doors/places.sh
small=$(mktemp -d)
if ! mount -t tmpfs -o size=8m,mode=0700 tmpfs "$small" 2>/dev/null; then
    rmdir "$small"
    echo "skip  disk_full  a tmpfs can only be mounted by root"
    exit 0
fi
trap 'umount "$small"; rmdir "$small"' EXIT
DLOGS_CASES_SMALL="$small" "$DLOGS_BUILT/dlogs-cases" --driver "$1" --jobs 1 tests/disk_full.json
