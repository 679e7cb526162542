#!/usr/bin/env bash
# Builds and tests everything. `./test.sh help` lists the parts and the long runs.
set -euo pipefail
cd "$(dirname "$0")"
. doors/places.sh

usage() {
  cat <<'HELP'
./test.sh                 everything that CI runs
./test.sh lint            formatters, linters, generated files, house rules
./test.sh unit            each language's own tests
./test.sh cases           spec/cases in every language, the document's six checks among them
./test.sh examples        every language's quick start, web service, batch job and shutdown
./test.sh packages        every language's package, installed into an empty project outside of the clone
./test.sh containers      compose.yaml and docker/Dockerfile     (CONTAINERS=build: every step and image, without an engine)
./test.sh docs            links, anchors and commands of every document
./test.sh page            the page in Chromium against a real server with real clients
./test.sh page-load       the page while 10 000 records/s come in     MINUTES=10
./test.sh demo            ./demo.sh --check
./test.sh kills           SIGKILL of clients and server            KILLS=500 SERVER_KILLS=200
./test.sh store-kills     SIGKILL of the server while it seals, merges, lets go  STORE_KILLS=200
./test.sh journal         model, truncation, flips, fuzzing in full  JOURNAL_SEQUENCES=20000 FUZZ_SECONDS=600
./test.sh senders         other people's libraries send to our server; records compared field by field
./test.sh parts           our Parquet files in DuckDB, pandas and pyarrow, against the query API
./test.sh api             schemathesis: the server answers as spec/openapi.json says  API_EXAMPLES=500
./test.sh live-load       50 000 records/s before 200 viewers, 20 stalled  LIVE_SECONDS=20 LIVE_ROUNDS=2
./test.sh platforms       built and run for every platform, by emulators too  (linux-arm64 win-x64 …: some)
./test.sh outage          30 s without a server, against a control  OUTAGE_RUNS=10
./test.sh bench-store     ten million records, against VictoriaLogs and DuckDB  (--records 100000: a sample)
HELP
}

# each VERB: runs it for every part; a missing toolchain is named and skipped, a failure ends the run.
each() {
  local part status
  for part in $(parts); do
    echo "── $1: $part"
    status=0
    "doors/$part.sh" "$1" || status=$?
    [ "$status" = 3 ] && echo "⏭️  $part skipped" && continue
    [ "$status" = 0 ] || { echo "❌ $1 failed: $part" >&2; exit "$status"; }
  done
}

case ${1:-all} in
  all | help | -h | --help) ;;
  *)
    [[ $(usage) == *"./test.sh $1 "* ]] || { echo "test.sh: '$1' is not a part; these are:" >&2 && usage >&2 && exit 2; }
    # A part alone stands on what is built, in a fresh clone too.
    if [ -z "${all_built:-}" ] && { [ ! -x "$DLOGS_BIN" ] || [ ! -d "$venv" ]; }; then ./build.sh; fi
    ;;
esac

case ${1:-all} in
  all)
    ./build.sh
    export all_built=yes
    each lint
    each test
    ./test.sh cases
    ./test.sh examples
    ./test.sh packages
    ./test.sh containers
    ./test.sh docs
    ./test.sh page
    ./test.sh senders
    ./test.sh parts
    ./test.sh api
    KILLS=${KILLS:-25} SERVER_KILLS=${SERVER_KILLS:-10} ./test.sh kills
    ./test.sh store-kills
    ./test.sh demo
    echo "✅ All tests passed"
    ;;
  lint) each lint ;;
  unit) each test ;;
  cases) tests/cases.sh ;;
  examples) shift && tests/examples.sh "$@" ;;
  packages) shift && tests/packages.sh "$@" ;;
  containers) tests/containers.sh ;;
  docs) tests/docs.sh ;;
  page) tests/page.sh ;;
  page-load) tests/page-load.sh ;;
  demo) ./demo.sh --check ;;
  kills) tests/kills.sh ;;
  store-kills) KILLS=${STORE_KILLS:-10} tests/store_kills.py "$DLOGS_BIN" ;;
  journal) tests/journal.sh ;;
  senders) tests/senders.sh ;;
  parts) tests/parts.sh ;;
  api) tests/api.sh ;;
  live-load) tests/live-load.sh ;;
  platforms) shift && tests/platforms.sh "$@" ;;
  outage) tests/outage.sh ;;
  bench-store) shift && bench/store/run.sh "$@" ;;
  help | -h | --help) usage ;;
esac
