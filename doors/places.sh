# Where things are built, for every door. A driver is started in a directory of its own, hence the root by its own path.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$root/target}"
export DLOGS_BUILT="$CARGO_TARGET_DIR/release"
export DLOGS_BIN="${DLOGS_BIN:-$DLOGS_BUILT/dlogs}"
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

# native: builds the C and JNI library that several languages load, without what only a debugger needs; says where it lies.
native() {
  cargo build --quiet --release -p dlogs-abi
  mkdir -p "$DLOGS_BUILT/native"
  local extension=so
  [ "$(uname)" = Darwin ] && extension=dylib
  if stale "$DLOGS_BUILT/native/libdlogs_abi.$extension" "$DLOGS_BUILT/libdlogs_abi.$extension"; then
    strip -x -o "$DLOGS_BUILT/native/libdlogs_abi.$extension" "$DLOGS_BUILT/libdlogs_abi.$extension"
  fi
  echo "$DLOGS_BUILT/native/libdlogs_abi.$extension"
}
