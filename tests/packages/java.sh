#!/usr/bin/env bash
# Maven, with a local repository of its own, so that no earlier build of the same version is taken.
set -euo pipefail
mkdir -p src/main/java
cp "$EXAMPLES/java/Quickstart.java" src/main/java/
cp "$HERE/java.xml" pom.xml
"$HERE/../../doors/java.sh" stranger "$1" "$PWD/repository" compile \
  org.codehaus.mojo:exec-maven-plugin:3.5.1:exec -Dexec.executable=java -Dexec.args="-cp %classpath Quickstart"
