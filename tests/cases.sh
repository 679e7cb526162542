#!/usr/bin/env bash
# Plays spec/cases in every language, and says how each language stands with the six checks of the document.
set -euo pipefail
. doors/places.sh

# Each check of the document is proved by these cases: a sentence, then the rooms.
checks=(
  "All libraries import and initialize correctly|lifecycle/ levels/"
  "Configuration loads from environment variables|config/"
  "Batching triggers work (size and time-based)|batching/"
  "HTTP client handles retries properly|retry/ restart/"
  "Statistics track logs sent and failed|statistics/"
  "Libraries clean up resources on shutdown|lifecycle/close lifecycle/exit lifecycle/log-after"
)

failed=0
for language in $(languages); do
  report=$(mktemp)
  "$DLOGS_BUILT/dlogs-cases" --driver "doors/$language.sh driver" --jobs "$(getconf _NPROCESSORS_ONLN)" spec/cases >"$report" || failed=1
  grep -v '^ok ' "$report" || true
  echo "The document's checks in $language:"
  for check in "${checks[@]}"; do
    rooms=${check#*|}
    pattern="(${rooms// /|})"
    passed=$(grep -cE "^ok +$pattern" "$report" || true)
    broken=$(grep -cE "^(FAIL|fail)[a-zA-Z]* +$pattern" "$report" || true)
    if [ "$broken" = 0 ] && [ "$passed" -gt 0 ]; then mark=✅; else mark=❌ failed=1; fi
    echo "  $mark ${check%|*} ($passed cases)"
  done
  rm -f "$report"
done
exit "$failed"
