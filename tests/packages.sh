#!/usr/bin/env bash
# A stranger's hour: every language's package is built, installed into an empty project outside of the clone, and logs to a real
# server, which is asked for the records. PACKAGES=FOLDER takes packages that are built already.
set -euo pipefail
. doors/places.sh
. tests/served.sh
export DLOGS_ENDPOINT="$url/api/logs" DLOGS_JOURNAL_DIR="$scratch/journal"
export HERE="$root/tests/packages" EXAMPLES="$root/examples"

# logs LANGUAGE: builds, installs and runs, and finds what was logged by the API.
logs() {
  local project="$scratch/$1" packages="${PACKAGES:-$scratch/packages}/$1"
  [ -n "${PACKAGES:-}" ] || "doors/$1.sh" package "$packages" || return 1
  mkdir -p "$project"
  (cd "$project" && "$HERE/$1.sh" "$packages") || return 1
  for _ in $(seq 100); do
    curl -sf "$url/api/logs?language=$1&service=quickstart,my-application" | grep -q '"message"' && return 0
    sleep 0.1
  done
  return 1
}

passed=0 failed=0
[ $# -gt 0 ] || set -- $(languages)
for language in "$@"; do
  if logs "$language"; then
    echo "✅ the package of $language, in an empty project" && passed=$((passed + 1))
  else
    echo "❌ the package of $language" && failed=$((failed + 1))
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
