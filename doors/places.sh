# Where things are built, for every door. A driver is started in a directory of its own, hence the root by its own path.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$root/target}"
# What is shipped is built with DLOGS_PROFILE=dist. DLOGS_TARGET names another platform, built by cargo-zigbuild; behind a dot the
# oldest glibc that it shall run on: x86_64-unknown-linux-gnu.2.17.
profile="${DLOGS_PROFILE:-release}"
target="${DLOGS_TARGET:-}"
export DLOGS_BUILT="$CARGO_TARGET_DIR/${target:+${target%%.*}/}$profile"
export DLOGS_BIN="${DLOGS_BIN:-$DLOGS_BUILT/dlogs}"
# What is loaded into others' programs uses their libc, while a program of our own brings musl along: two builds, two folders.
shared_target_dir="$CARGO_TARGET_DIR"
case $target in *-musl*) shared_target_dir="$CARGO_TARGET_DIR/shared" ;; esac
export DLOGS_SHARED="$shared_target_dir/${target:+${target%%.*}/}$profile"
venv="$root/venv"

# need COMMAND INSTALL: exit 3, naming the command that installs what is missing.
need() {
  command -v "$1" >/dev/null 2>&1 && return 0
  echo "⚠️  $1 is not installed; install it with: $2"
  exit 3
}

# stale OUTPUT SOURCE...: true when a source is newer than the output, or the output is missing.
stale() {
  local output=$1
  shift
  [ ! -e "$output" ] || [ -n "$(find "$@" -newer "$output" -not -path '*/node_modules/*' -print -quit)" ]
}

# modules FOLDER: installs what its package-lock.json says, unless it is there.
modules() { (cd "$1" && if stale node_modules/.package-lock.json package-lock.json; then npm ci --silent --no-audit --no-fund; fi); }

# parts: those that have a door, in the order in which they are built.
parts() {
  local part
  for part in dashboard rust python java node dotnet go; do
    if [ -x "doors/$part.sh" ]; then echo "$part"; fi
  done
}

# languages: the parts but the page, as far as their toolchain is installed; the others are named on stderr.
languages() {
  local language
  for language in $(parts); do
    [ "$language" != dashboard ] || continue
    if "doors/$language.sh" missing >&2; then echo "$language"; else echo "⏭️  $language skipped" >&2; fi
  done
}

# compile ARGUMENT...: builds crates of ours as they are shipped or tested.
compile() {
  if [ -n "$target" ]; then
    cargo zigbuild --quiet --profile "$profile" --target "$target" "$@"
  else
    cargo build --quiet --profile "$profile" "$@"
  fi
}

# compile_shared ARGUMENT...: the same for crates that become libraries, in DLOGS_SHARED.
compile_shared() {
  local RUSTFLAGS=${RUSTFLAGS:-} CARGO_TARGET_DIR=$shared_target_dir
  case $target in *-musl*) RUSTFLAGS+=" -C target-feature=-crt-static" ;; esac
  if [ -n "$RUSTFLAGS" ]; then export RUSTFLAGS; fi
  compile "$@"
}

# version: of everything here.
version() { sed -n 's/^version = "\(.*\)"$/\1/p' "$root/Cargo.toml" | head -1; }

# platform: what is built for: linux, linux-musl, osx or win, and x64 or arm64.
platform() {
  local triple=$target
  [ -n "$triple" ] || triple=$(rustc -vV | sed -n 's/^host: //p')
  case $triple in
    *-linux-musl*) printf linux-musl ;;
    *-linux-*) printf linux ;;
    *-apple-*) printf osx ;;
    *-windows-*) printf win ;;
    *) echo "no package is made for $triple" >&2 && return 1 ;;
  esac
  case $triple in x86_64-*) echo -x64 ;; aarch64-*) echo -arm64 ;; *) echo "-${triple%%-*}" ;; esac
}

# shared NAME: the file name of a shared library.
shared() {
  case $(platform) in osx-*) echo "lib$1.dylib" ;; win-*) echo "$1.dll" ;; *) echo "lib$1.so" ;; esac
}

# natives: "PLATFORM FILE" of every C and JNI library that a package carries: those that a release has collected as
# DLOGS_NATIVES/PLATFORM/FILE, else the one of this machine.
natives() {
  if [ -z "${DLOGS_NATIVES:-}" ]; then
    echo "$(platform) $(native)"
    return
  fi
  local file
  for file in "$DLOGS_NATIVES"/*/*dlogs_abi.{so,dylib,dll}; do
    if [ -e "$file" ]; then echo "$(basename "$(dirname "$file")") $file"; fi
  done
}

# native: builds the C and JNI library that several languages load, without what only a debugger needs; says where it lies.
native() {
  compile_shared -p dlogs-abi
  mkdir -p "$DLOGS_SHARED/native"
  local name
  name=$(shared dlogs_abi)
  if stale "$DLOGS_SHARED/native/$name" "$DLOGS_SHARED/$name"; then
    stripped "$DLOGS_SHARED/$name" "$DLOGS_SHARED/native/$name"
  fi
  echo "$DLOGS_SHARED/native/$name"
}

# program NAME: the file name of a program.
program() { case $(platform) in win-*) echo "$1.exe" ;; *) echo "$1" ;; esac; }

# stripped FROM TO: a copy without what only a debugger needs. Another platform's file is left to the profile, which strips too, and
# Windows keeps such things in a file of their own.
stripped() {
  if [ -n "$target" ] || [[ $(platform) = win-* ]]; then cp "$1" "$2"; else strip -x -o "$2" "$1"; fi
}
