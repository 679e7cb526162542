#!/usr/bin/env bash
# The Go library. The core is linked into Go programs as one object, in which nothing but dlogs_* can be seen from outside.
set -euo pipefail
. "$(dirname "$0")/places.sh"
need go "see https://go.dev/doc/install   (1.26 or newer)"
need cargo "curl https://sh.rustup.rs -sSf | sh"
need cc "apt-get install build-essential"
need objcopy "apt-get install binutils"

export GOFLAGS="-mod=readonly -buildvcs=false" CGO_ENABLED=1
library="$root/clients/go"
programs="$DLOGS_BUILT/go"
staticcheck="honnef.co/go/tools/cmd/staticcheck@v0.8.2"

# each COMMAND...: runs it in every module.
each() {
  local module
  for module in "$library" "$library/dlogszap"; do (cd "$module" && "$@"); done
}

# core: the object in which the core is linked into Go programs. Only here is the platform asked for: a driver starts where there
# may be no toolchain.
core() {
  local place=linux_amd64 object
  case $(platform) in *-arm64) place=linux_arm64 ;; esac
  object="$library/native/$place/dlogs_$place.syso"
  compile -p dlogs-abi
  if stale "$object" "$DLOGS_BUILT/libdlogs_abi.a"; then
    "$root/doors/go_core.sh" "$DLOGS_BUILT/libdlogs_abi.a" "$library/native/dlogs.h" "$object"
  fi
}

verb=$1
shift
case $verb in
  missing) ;;
  build)
    echo "🐹 Building Go library..."
    core
    mkdir -p "$programs"
    (cd "$library" && go build -o "$programs/" ./... )
    for example in quickstart web batch shutdown; do
      (cd "$library" && go build -o "$programs/$example" "$root/examples/go/$example.go")
    done
    echo "✅ Go library built"
    ;;
  # A folder that is a module proxy: GOPROXY=file://FOLDER. The modules are zipped with the core in them.
  package)
    core
    for module in clients/go clients/go/dlogszap; do
      python3 "$root/doors/go_module.py" "$root/$module" "github.com/distributedlogs/distributedlogs/$module" "v$(version)" "$1"
    done
    ;;
  lint)
    unformatted=$(gofmt -l "$library" "$root/examples/go" "$root/bench/go")
    [ -z "$unformatted" ] || { echo "run gofmt -w on:" "$unformatted" >&2 && exit 1; }
    each go vet ./...
    each go run "$staticcheck" ./...
    ;;
  test)
    each go test ./...
    # What starts other programs says nothing about races.
    (cd "$library" && go test -race -skip 'TestThe|TestWithout|TestNothingIsLost' .)
    ;;
  demo) exec "$programs/demo" "$@" ;;
  example) exec "$programs/${1:-quickstart}" ;;
  driver) exec "$programs/driver" ;;
  kill_me) exec "$programs/kill_me" "$@" ;;
esac
