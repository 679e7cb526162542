#!/usr/bin/env bash
# Runs every language's examples against a real server, and the README's curl, and asks the server for what they logged:
# the quick start, a web service, a batch job, and a worker that SIGTERM ends.
set -euo pipefail
. doors/places.sh
. tests/served.sh
export DLOGS_ENDPOINT="$url/api/logs" DLOGS_JOURNAL_DIR="$scratch/journal"

passed=0 failed=0
verdict() { if "${@:2}"; then echo "✅ $1"; passed=$((passed + 1)); else echo "❌ $1"; failed=$((failed + 1)); fi; }

# within SECONDS COMMAND...: true once the command is.
within() {
  local end=$((SECONDS + $1))
  until "${@:2}"; do [ "$SECONDS" -lt "$end" ] || return 1; sleep 0.1; done
}

# has LANGUAGE QUERY...: true when the server holds a record of it that each of the queries finds.
has() {
  local query
  for query in "${@:2}"; do
    "$DLOGS_BIN" query --url "$url" --json --language "$1" -q "$query" | grep -q message || return 1
  done
}
stored() { within 60 has "$@"; }

# ended: the program of $program ends by SIGTERM, as one that was asked to.
ended() {
  local status=0
  kill -TERM "$program"
  wait "$program" || status=$?
  [ "$status" = 0 ] || [ "$status" = 143 ]
}

# answers PORT ID: the web service answers a request with this id.
answers() { curl -sf -o "$scratch/answer" -H "X-Request-Id: $2" "http://127.0.0.1:$1/orders/7"; }

web() {
  local id="r-$1" port
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  PORT=$port "doors/$1.sh" example web >"$scratch/web" 2>&1 &
  program=$!
  within 60 answers "$port" "$id" && ended &&
    stored "$1" "service:shop request_id:$id Reading" "service:shop request_id:$id path:/orders/7 done" || { cat "$scratch/web"; return 1; }
}

batch() {
  "doors/$1.sh" example batch && stored "$1" "service:billing job_id:2026-01-31 level:error" "service:billing job_finished"
}

shutdown() {
  "doors/$1.sh" example shutdown >"$scratch/report" &
  program=$!
  stored "$1" "service:worker started" && ended && stored "$1" "service:worker stops" &&
    grep -qE '^sent [0-9]+, left 0 for the next start, lost 0$' "$scratch/report" || { cat "$scratch/report"; return 1; }
}

quickstart() { "doors/$1.sh" example && stored "$1" ""; }

[ $# -gt 0 ] || mapfile -t here < <(languages)
for language in "${@:-${here[@]}}"; do
  verdict "the quick start of $language is stored" quickstart "$language"
  verdict "the web service of $language says in every line whose request it is" web "$language"
  verdict "the batch job of $language ends when everything is sent" batch "$language"
  verdict "the worker of $language sends everything at SIGTERM" shutdown "$language"
done
curl -sf -H 'Content-Type: application/json' "$url/api/logs" \
  -d '{"level": "warning", "message": "disk almost full", "service": "backup", "metadata": {"free_gb": 3}}' >/dev/null
verdict "the curl of the README is stored" stored http ""
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
