# Looks at what was built. Sourced, by tests/platforms.sh.

# oldest_glibc FILE: the newest version of a symbol of glibc that it needs, and so the oldest glibc that it runs on.
oldest_glibc() { objdump -T "$1" | grep -oE 'GLIBC_[0-9.]+' | sed 's/GLIBC_//' | sort -uV | tail -1; }

# look FILE...: says what is wrong with it for its platform.
look() {
  local file glibc
  for file in "$@"; do
    case $target in
      *-gnu.*)
        glibc=$(oldest_glibc "$file")
        [ "$(printf '%s\n' "$glibc" "${target#*.}" | sort -V | tail -1)" = "${target#*.}" ] ||
          { echo "$file needs glibc $glibc" && return 1; }
        echo "   $(basename "$file") needs glibc $glibc"
        ;;
      *-musl)
        case $file in
          *.so) ! objdump -p "$file" | grep NEEDED | grep -vE ' libc(\.musl.*)?\.so' || return 1 ;;
          *) file "$file" | grep -qE 'statically linked|static-pie' || { echo "$file is not static" && return 1; } ;;
        esac
        ;;
    esac
  done
}
