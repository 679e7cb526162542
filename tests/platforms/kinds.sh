# Every platform: its target, and what runs its programs on this machine. Sourced, by tests/platforms.sh.

# kind PLATFORM: sets $target, and $runner: the command before a program, empty where none is needed; "-" where nothing runs it.
kind() {
  case $1 in
    linux-x64) target=x86_64-unknown-linux-gnu.2.17 runner= ;;
    linux-musl-x64) target=x86_64-unknown-linux-musl runner= ;;
    linux-arm64) target=aarch64-unknown-linux-gnu.2.17 runner="qemu-aarch64-static -L /usr/aarch64-linux-gnu" ;;
    linux-musl-arm64) target=aarch64-unknown-linux-musl runner=qemu-aarch64-static ;;
    win-x64) target=x86_64-pc-windows-gnu runner=wine ;;
    win-arm64) target=aarch64-pc-windows-msvc runner=- ;;
    osx-x64) target=x86_64-apple-darwin runner=- ;;
    osx-arm64) target=aarch64-apple-darwin runner=- ;;
    *) echo "platforms.sh: '$1' is none of: $(platforms | tr '\n' ' ')" >&2 && exit 2 ;;
  esac
}

platforms() { printf '%s\n' linux-x64 linux-musl-x64 linux-arm64 linux-musl-arm64 win-x64 win-arm64 osx-x64 osx-arm64; }

# lacks PLATFORM: names what is not here and the command that installs it; fails if nothing is missing.
lacks() {
  local missing=()
  wants() { command -v "$1" >/dev/null || missing+=("apt-get install $2"); }
  rustup target list --installed | grep -qx "${target%%.*}" || missing+=("rustup target add ${target%%.*}")
  case $1 in
    linux-musl-x64) [ -e /lib/ld-musl-x86_64.so.1 ] || missing+=("apt-get install musl") ;;
    linux-musl-arm64)
      [ -e /lib/ld-musl-aarch64.so.1 ] ||
        missing+=("dpkg --add-architecture arm64 && apt-get update && apt-get install musl:arm64")
      ;;
    linux-arm64) [ -e /usr/aarch64-linux-gnu/lib ] || missing+=("apt-get install libc6-arm64-cross") ;;
    win-x64) wants x86_64-w64-mingw32-gcc mingw-w64 ;;
  esac
  case $runner in
    qemu*) wants qemu-aarch64-static qemu-user-static ;;
    wine) wants wine wine ;;
  esac
  [ ${#missing[@]} -gt 0 ] && printf '⚠️  install what is missing: %s\n' "${missing[@]}"
}

# wine_ready: a folder for Wine of its own, with what old versions lack.
wine_ready() {
  export WINEPREFIX="$CARGO_TARGET_DIR/wine" WINEDEBUG=-all
  local system="$WINEPREFIX/drive_c/windows/system32"
  [ -d "$system" ] || wineboot --init >/dev/null 2>&1
  if [ ! -e "$system/bcryptprimitives.dll" ]; then
    x86_64-w64-mingw32-gcc -O2 -shared -o "$system/bcryptprimitives.dll" tests/platforms/bcryptprimitives.c -ladvapi32
  fi
}
