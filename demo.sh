#!/usr/bin/env bash
# Builds what is needed, starts the server with its page, and lets every language log until Ctrl-C.
# `--check` does the same without a person: free port, temporary data, the server killed twice, every record read back.
set -euo pipefail
cd "$(dirname "$0")"
. doors/places.sh

case ${1:-} in
  "") ;;
  --check)
    ./build.sh
    exec "$DLOGS_BUILT/dlogs-demo-check" --dlogs "$DLOGS_BIN" --clients tests/demo.json
    ;;
  *) echo "demo.sh: '$1' is not known; give --check, or nothing" >&2 && exit 2 ;;
esac

port=${DLOGS_PORT:-5000}
./build.sh
"$DLOGS_BIN" serve --port "$port" --data "${DLOGS_DATA:-$HOME/.local/share/dlogs-demo}" &
running=($!)
# Whoever was started here is stopped here, the clients first, so that they can say good-bye to the server.
trap 'trap - INT TERM EXIT; kill "${running[@]:1}" 2>/dev/null; wait "${running[@]:1}" 2>/dev/null; kill "${running[0]}" 2>/dev/null; wait' EXIT
trap 'exit 0' INT TERM

export DLOGS_ENDPOINT="http://localhost:$port/api/logs" DLOGS_BATCH_INTERVAL_MS=200
for attempt in $(seq 100); do
  "$DLOGS_BIN" doctor >/dev/null 2>&1 && break
  kill -0 "${running[0]}" 2>/dev/null || exit 1
  [ "$attempt" = 100 ] && "$DLOGS_BIN" doctor
  sleep 0.1
done

echo "🔎 Integration checks"
"$DLOGS_BUILT/dlogs-demo-check" --count 500 --dlogs "$DLOGS_BIN" --clients tests/demo.json || echo "⚠️  not every language passed"

for language in $(languages); do
  "doors/$language.sh" demo &
  running+=($!)
  echo "📡 $language demo client is sending"
done
echo "🌐 Open http://localhost:$port (Ctrl-C stops everything)"
wait "${running[0]}"
