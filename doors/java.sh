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

# silently COMMAND: says something only if the command fails.
silently() {
  local said
  said=$("$@" 2>&1) || { echo "$said" >&2 && return 1; }
}

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

# formatter ARGUMENT...: google-java-format on everything that people write here.
formatter() {
  local version=1.28.0 folder="$java/target/format" exports=() package
  local jar="$folder/google-java-format-$version-all-deps.jar"
  [ -e "$jar" ] || mvn -q -B -f "$java/pom.xml" -N org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact="com.google.googlejavaformat:google-java-format:$version:jar:all-deps" -DoutputDirectory="$folder"
  for package in api code file parser tree util; do
    exports+=(--add-exports "jdk.compiler/com.sun.tools.javac.$package=ALL-UNNAMED")
  done
  find "$java"/*/src/main "$java"/*/src/test "$root/examples/java" "$root/bench/java" -name '*.java' -print0 |
    xargs -0 java "${exports[@]}" -jar "$jar" "$@"
}

# results: how many tests ran, and why some did not.
results() {
  local reports=("$java"/*/target/surefire-reports/TEST-*.xml)
  echo "$(grep -ho '<testcase ' "${reports[@]}" | wc -l) tests passed in $(basename "$java")"
  grep -hA1 '<skipped' "${reports[@]}" | sed -n 's/.*Assumption failed: /skipped: /p' | sort -u
}

verb=$1
shift
case $verb in
  missing) ;;
  build)
    echo "☕ Building Java library..."
    lay_native
    if stale "$built" "$java"/pom.xml "$java"/*/pom.xml "$java"/*/src "$native_folder"; then
      silently maven package -DskipTests
      touch "$built"
    fi
    echo "✅ Java library built"
    ;;
  lint)
    formatter --dry-run --set-exit-if-changed || { echo "run: doors/java.sh format" >&2 && exit 1; }
    silently maven -Plint test-compile
    ;;
  format) formatter --replace ;;
  test)
    silently maven verify
    results
    ;;
  demo) run com.distributedlogs.demo.Demo "$@" ;;
  example) run "$root/examples/java/Quickstart.java" ;;
  driver) run com.distributedlogs.Driver ;;
  kill_me) run com.distributedlogs.KillMe "$@" ;;
esac
