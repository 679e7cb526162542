#!/usr/bin/env bash
# Every platform that is released, as far as this machine can: built, looked at, and run natively or by an emulator: the journal's
# tests, a C program on the library, and clients and servers that are killed. Where nothing here can run it, the compiler checks
# it. What is missing is named. A long run: everything is compiled once for every platform. `platforms.sh PLATFORM...` takes some.
set -euo pipefail
. doors/places.sh
. tests/python.sh
. tests/platforms/kinds.sh
. tests/platforms/look.sh

python=$(environment "$CARGO_TARGET_DIR/zig" tests/platforms/requirements.txt)
export PATH="${python%/*}:$PATH"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
here=$(rustc -vV | sed -n 's/^host: //p')

# builds ARGUMENT...: Cargo for another platform, by zig or, for Windows, by mingw.
builds() {
  case $target in
    *-windows-gnu) cargo "$@" --target "$target" ;;
    *) cargo-zigbuild "$@" --target "$target" ;;
  esac
}

# checked: what only the compiler can say.
checked() {
  case $target in
    # The C libraries in the client need Apple's and Microsoft's headers.
    *-apple-* | *-msvc) cargo clippy --quiet --target "$target" -p dlogs-record -p dlogs-journal -- -D warnings ;;
  esac
}

# as_program FILE: a program of the platform as one of this machine's.
as_program() {
  if [ -z "$runner" ]; then echo "$1" && return; fi
  local script
  script="$scratch/$(basename "$1").sh"
  printf '#!/bin/sh\nexec %s %s "$@"\n' "$runner" "$1" >"$script"
  chmod +x "$script"
  echo "$script"
}

# smoke LIBRARY: a C program uses the library.
smoke() {
  local program="$scratch/smoke$exe" folder
  folder=$(dirname "$1")
  local source=(-std=gnu11 -I crates/abi/include crates/abi/tests/smoke.c -o "$program")
  case $target in
    *-windows-gnu) x86_64-w64-mingw32-gcc "${source[@]}" "$1" && cp "$1" "$scratch/" ;;
    # Without zig's own checks of C, which want more of musl than an old one has.
    *) "$python" -m ziglang cc -target "${target/-unknown/}" -fno-sanitize=all "${source[@]}" \
      -L "$folder" -ldlogs_abi -Wl,-rpath,"$folder" -dynamic ;;
  esac
  [ "$($(as_program "$program") "$scratch/smoke-journal" | tr -d '\r')" = ok ]
}

# runs: everything that can be run of a platform.
runs() {
  local exe='' built="$CARGO_TARGET_DIR/${target%%.*}/release" variable
  case $target in *-windows-*) exe=.exe ;; esac
  if [ "$runner" = wine ]; then wine_ready; fi
  builds build --quiet --release -p dlogs-cli
  builds build --quiet --release -p dlogs --example kill_me
  library=$(DLOGS_TARGET=$target DLOGS_PROFILE=release bash -c '. doors/places.sh && native')
  look "$built/dlogs$exe" "$built/examples/kill_me$exe" "$library"
  smoke "$library"
  variable=${target%%.*}
  variable=CARGO_TARGET_$(tr a-z- A-Z_ <<<"$variable")_RUNNER
  export "$variable=$runner"
  if [ -z "$runner" ]; then unset "$variable"; fi
  # Wine's own programs start each other.
  case $runner in qemu*) export JOURNAL_KILL_RUNNER=$runner ;; esac
  # Fewer sequences and kills than elsewhere: an emulator takes its time.
  JOURNAL_SEQUENCES=${JOURNAL_SEQUENCES:-50} KILLS=${KILLS:-4} builds test --quiet --release -p dlogs-journal
  "$CARGO_TARGET_DIR/release/dlogs-kills" --client rust --command "$(as_program "$built/examples/kill_me$exe")" \
    --dlogs "$(as_program "$built/dlogs$exe")" --kills "${KILLS:-4}" --server-kills "${SERVER_KILLS:-2}" --threads 2
}

cargo build --quiet --release -p dlogs-testkit
passed=0 failed=0 skipped=0
for platform in ${@:-$(platforms)}; do
  kind "$platform"
  echo "── $platform ($target on $here)"
  if lacks "$platform"; then
    echo "⏭️  $platform skipped"
    skipped=$((skipped + 1))
    continue
  fi
  # Not behind `||` or `if`, where a shell goes on after what failed.
  set +e
  if [ "$runner" = - ]; then work=checked; else work=runs; fi
  (set -e; "$work")
  status=$?
  set -e
  if [ "$status" = 0 ]; then echo "✅ $platform" && passed=$((passed + 1)); else echo "❌ $platform" && failed=$((failed + 1)); fi
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
