#!/usr/bin/env bash
# The Java library: built with Maven; its programs are started by the JVM directly, without Maven.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/places.sh"
need javac "apt-get install openjdk-17-jdk   (17 or newer)"
need mvn "apt-get install maven   (3.6.3 or newer)"

java="$root/clients/java"
built="$java/target/.built"
native_folder="$java/target/native/META-INF/native"
maven() { mvn -q -B -f "$java/pom.xml" "$@"; }

# run CLASS ARGUMENT...: becomes a program of the library or of its tests, quick to start.
run() {
  exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto \
    -cp "$java/core/target/classes:$java/core/target/test-classes" "$@"
}

# platform: the name of this system's folder in the jar, as NativeLibrary.platform() spells it.
platform() {
  local system processor
  case $(uname -s) in Darwin) system=macos ;; MINGW* | MSYS*) system=windows ;; *) system=linux ;; esac
  case $(uname -m) in amd64 | x86_64) processor=x86_64 ;; aarch64 | arm64) processor=aarch64 ;; *) processor=$(uname -m) ;; esac
  echo "$system-$processor"
}

# lay_native: lays the native library where the jar takes it from, if it changed.
lay_native() {
  local library folder
  library=$(native)
  folder="$native_folder/$(platform)"
  mkdir -p "$folder"
  cmp -s "$library" "$folder/$(basename "$library")" || cp "$library" "$folder/"
}

verb=$1
shift
case $verb in
  missing) ;;
  build)
    echo "☕ Building Java library..."
    lay_native
    if stale "$built" "$java"/pom.xml "$java"/*/pom.xml "$java"/*/src "$native_folder"; then
      maven package -DskipTests
      touch "$built"
    fi
    echo "✅ Java library built"
    ;;
  lint) maven -Plint test-compile ;;
  test) maven verify ;;
  demo) run com.distributedlogs.demo.Demo "$@" ;;
  example) run "$root/examples/java/Quickstart.java" ;;
  driver) run com.distributedlogs.Driver ;;
  kill_me) run com.distributedlogs.KillMe "$@" ;;
esac
