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
platform="linux_$(go env GOARCH)"
object="$library/native/$platform/dlogs_$platform.syso"
staticcheck="honnef.co/go/tools/cmd/staticcheck@v0.8.2"

# each COMMAND...: runs it in every module.
each() {
  local module
  for module in "$library" "$library/dlogszap"; do (cd "$module" && "$@"); done
}

# core: one object of what the exports need. Other Rust libraries in the same program must not meet its symbols, and Go's
# build cache knows files called .syso, so that no program keeps an old core.
core() {
  cargo build --quiet --release -p dlogs-abi
  stale "$object" "$DLOGS_BUILT/libdlogs_abi.a" || return 0
  local roots
  roots=$(grep -oE '\bdlogs_[a-z_]+\(' "$library/native/dlogs.h" | grep -v test_panic | tr -d '(' | sort -u | sed 's/^/-u /')
  # shellcheck disable=SC2086 # one word an option
  ld -r --gc-sections $roots -o "$object.all" "$DLOGS_BUILT/libdlogs_abi.a"
  objcopy --wildcard --keep-global-symbol='dlogs_*' --strip-debug --strip-unneeded \
    --remove-section=.llvmbc --remove-section=.llvmcmd "$object.all" "$object.new"
  rm "$object.all"
  mv "$object.new" "$object"
}

verb=$1
shift
case $verb in
  missing) ;;
  build)
    echo "🐹 Building Go library..."
    core
    mkdir -p "$programs"
    (cd "$library" && go build -o "$programs/" ./... && go build -o "$programs/quickstart" "$root/examples/go/quickstart.go")
    echo "✅ Go library built"
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
  example) exec "$programs/quickstart" ;;
  driver) exec "$programs/driver" ;;
  kill_me) exec "$programs/kill_me" "$@" ;;
esac
