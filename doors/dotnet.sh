#!/usr/bin/env bash
# The .NET library, its adapters and their tests.
set -euo pipefail
. "$(dirname "$0")/places.sh"
install="curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0"
need dotnet "$install"
# Only where something is built: a driver and a program that is killed are started often.
case $1 in
  missing | build | package | lint | test)
    [[ $'\n'$(dotnet --list-sdks) =~ $'\n'[1-9][0-9]+\. ]] || need "the .NET SDK 10" "$install"
    ;;
esac
need cargo "curl https://sh.rustup.rs -sSf | sh"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

here=$root/clients/dotnet
built=$here/artifacts/bin
options=(-c Release --nologo -v quiet)

# program NAME ARGS...: becomes one of the small programs, started by their dll, not by their project.
program() {
  exec dotnet "$built/$1/release/$1.dll" "${@:2}"
}

verb=$1
shift
case $verb in
  missing) ;;
  build)
    echo "🔷 Building .NET library..."
    library=$(native)
    if stale "$here/artifacts/built" "$here"/{src,tests,Directory.*,*.slnx,.editorconfig} "$root"/examples/{dotnet,seed} "$library"; then
      dotnet build "$here" "${options[@]}" -warnaserror -p:DlogsNative="$library"
      touch "$here/artifacts/built"
    fi
    echo "✅ .NET library built"
    ;;
  # What the public registry takes. The libraries of all platforms are laid out as they lie in the package.
  package)
    mkdir -p "$1"
    runtimes=$(mktemp -d)
    trap 'rm -rf "$runtimes"' EXIT
    while read -r platform library; do
      mkdir -p "$runtimes/$platform/native"
      cp "$library" "$runtimes/$platform/native/"
    done < <(natives)
    for project in "$here"/src/*/*.csproj; do
      dotnet pack "$project" "${options[@]}" -p:DlogsRuntimes="$runtimes" -p:PackageOutputPath="$1"
    done
    ;;
  lint)
    # The compiler checks all rules, the formatter's too (.editorconfig); some SDKs come without `dotnet format`.
    dotnet build "$here" "${options[@]}" -warnaserror --no-incremental -p:DlogsNative="$(native)"
    if dotnet format --version >/dev/null 2>&1; then
      dotnet format "$here/DistributedLogging.slnx" --no-restore --verify-no-changes --severity warn
    fi
    ;;
  test)
    dotnet test "$here/tests/unit" "${options[@]}" --no-build
    ;;
  demo) program demo "$@" ;;
  example) program "${1:-quickstart}" ;;
  driver) program driver ;;
  kill_me) program killme "$@" ;;
esac
