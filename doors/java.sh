#!/usr/bin/env bash
# The Java library: built with Maven; its programs are started by the JVM directly, without Maven.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/places.sh"
need javac "apt-get install openjdk-17-jdk   (17 or newer)"
need mvn "apt-get install maven   (3.6.3 or newer)"

java="$root/clients/java"
built="$java/target/.built"
web="$root/examples/java/web"
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

# stranger PACKAGES REPOSITORY ARGUMENT...: Maven for a project that takes our packages from a folder, with a repository of its own
# for what it has loaded; what is not ours comes from the user's repository, or else from the network.
stranger() {
  local packages=$1 repository=$2 cache
  cache=$(mvn -q -N help:evaluate -Dexpression=settings.localRepository -DforceStdout)
  rm -rf "$repository/com/distributedlogs"
  mvn -q -B -gs "$root/doors/maven_packages.xml" -Dmaven.repo.local="$repository" \
    -Dpackages="file://$packages" -Dcache="file://$cache" "${@:3}"
}

# lay_natives: lays the native libraries where the jar takes them from, if they changed, in folders that are called as
# NativeLibrary.platform() spells it.
lay_natives() {
  local platform library folder
  while read -r platform library; do
    platform=${platform/osx/macos} platform=${platform/win-/windows-} platform=${platform/x64/x86_64} platform=${platform/arm64/aarch64}
    case $platform in linux-musl-*) platform="linux-${platform#linux-musl-}-musl" ;; esac
    folder="$native_folder/$platform"
    mkdir -p "$folder"
    cmp -s "$library" "$folder/$(basename "$library")" || cp "$library" "$folder/"
  done < <(natives)
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

# results: how many tests ran, and why some did not, if some did not.
results() {
  local reports=("$java"/*/target/surefire-reports/TEST-*.xml)
  echo "$(grep -ho '<testcase ' "${reports[@]}" | wc -l) tests passed in $(basename "$java")"
  sed -n 's/.*Assumption failed: /skipped: /p' "${reports[@]}" | sort -u
}

# newer: the java of a JDK with virtual threads, where the machine has one beside the one that compiles.
newer() {
  local java
  for java in /usr/lib/jvm/*/bin/java; do
    if [ -x "$java" ] && [[ $("$java" -version 2>&1) =~ version\ \"(2[1-9]|[3-9][0-9]) ]]; then echo "$java" && return; fi
  done
}

verb=$1
shift
case $verb in
  missing) ;;
  build)
    echo "☕ Building Java library..."
    lay_natives
    if stale "$built" "$java"/pom.xml "$java"/*/pom.xml "$java"/*/src "$native_folder"; then
      silently maven package -DskipTests
      touch "$built"
    fi
    if stale "$web/target/web-1.jar" "$built" "$web/pom.xml" "$web/src"; then
      "$0" package "$java/target/packages"
      silently stranger "$java/target/packages" "$java/target/repository" -f "$web/pom.xml" package
    fi
    echo "✅ Java library built"
    ;;
  # A folder that is a Maven repository, with sources and documentation beside the classes.
  package)
    lay_natives
    silently maven -Ppackages deploy -DskipTests -DaltDeploymentRepository="packages::file://$(mkdir -p "$1" && cd "$1" && pwd)"
    ;;
  lint)
    formatter --dry-run --set-exit-if-changed || { echo "run: doors/java.sh format" >&2 && exit 1; }
    silently maven -Plint test-compile
    ;;
  format) formatter --replace ;;
  test)
    silently maven verify
    results
    # What reads a child's stderr is left out: newer JDKs print there of native code. The pinned surface names methods of enums that
    # they have added.
    newer=$(newer)
    if [ -n "$newer" ]; then
      rm "$java"/*/target/surefire-reports/TEST-*.xml
      silently maven surefire:test -pl core -Djvm="$newer" -Dtest='!ExitTest,!ExamplesTest,!PublicApiTest'
      echo "again with $newer:"
      results
    else
      echo "⏭️  virtual threads skipped: no JDK 21 or newer in /usr/lib/jvm; install one with: apt-get install openjdk-21-jdk   (Debian 13 or newer)"
    fi
    ;;
  stranger) stranger "$@" ;;
  demo) run com.distributedlogs.demo.Demo "$@" ;;
  example)
    name=${1:-quickstart}
    [ "$name" != web ] || exec java -XX:TieredStopAtLevel=1 -jar "$web/target/web-1.jar"
    run "$root/examples/java/${name^}.java"
    ;;
  driver) run com.distributedlogs.Driver ;;
  kill_me) run com.distributedlogs.KillMe "$@" ;;
esac
