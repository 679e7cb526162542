#!/usr/bin/env bash
# Kills logging clients with SIGKILL, and the server under them, at random: nothing whose call had returned may be missing or
# doubled. KILLS clients of each language (default 25), SERVER_KILLS servers, shared among the languages.
set -euo pipefail
. doors/places.sh

read -ra here <<<"$(languages | tr '\n' ' ')"
server_kills=$((${SERVER_KILLS:-10} / ${#here[@]}))
failed=0
for language in "${here[@]}"; do
  "$DLOGS_BUILT/dlogs-kills" --client "$language" --command "doors/$language.sh kill_me" \
    --kills "${KILLS:-25}" --server-kills "$server_kills" --dlogs "$DLOGS_BIN" || failed=1
done
exit "$failed"
