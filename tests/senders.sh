#!/usr/bin/env bash
# Other people's libraries send to a real server; what it holds is compared with what they logged, field by field.
set -euo pipefail
. doors/places.sh
if ! (need python3 "apt-get install python3 python3-venv"); then echo "⏭️  senders skipped"; exit 0; fi
. tests/python.sh
. tests/served.sh

# Their libraries are kept between runs, outside of the sources.
kept="$CARGO_TARGET_DIR/senders"
mkdir -p "$kept"
python=$(environment "$kept/python" tests/senders/requirements.txt)

passed=0 failed=0
# sender NAME COMMAND...: runs it with the server's address behind, and compares. One that hangs has failed.
sender() {
  local since
  # A program may say that it logged a moment ago.
  since=$(($(date +%s%N) - 2000000000))
  : >"$scratch/compared"
  if timeout --kill-after=5 120 "${@:2}" "$url" >"$scratch/expected" \
    && "$python" tests/senders/check.py "$url" "$since" <"$scratch/expected" >"$scratch/compared"; then
    echo "✅ $1: $(tail -1 "$scratch/compared")"
    passed=$((passed + 1))
  else
    cat "$scratch/compared"
    echo "❌ $1"
    failed=$((failed + 1))
  fi
}

if (need curl "apt-get install curl"); then sender "curl" tests/senders/curl.sh; else echo "⏭️  curl skipped"; fi
sender "OpenTelemetry SDK of Python" "$python" tests/senders/otel.py
sender "elasticsearch for Python" "$python" tests/senders/bulk.py

if (need node "https://nodejs.org" && need npm "https://nodejs.org"); then
  # A module finds its libraries beside itself.
  mkdir -p "$kept/node"
  cp tests/senders/node/* "$kept/node/"
  if stale "$kept/node/ready" tests/senders/node/package-lock.json; then
    (cd "$kept/node" && npm ci --silent --no-audit --no-fund)
    touch "$kept/node/ready"
  fi
  sender "OpenTelemetry SDK of Node.js" node "$kept/node/otel.mjs"
  sender "pino-loki" node "$kept/node/pino.mjs"
else
  echo "⏭️  OpenTelemetry SDK of Node.js and pino-loki skipped"
fi

if doors/java.sh missing; then
  if stale "$kept/java/ready" tests/senders/java/pom.xml; then
    mvn -q -B -f tests/senders/java/pom.xml dependency:copy-dependencies -DoutputDirectory="$kept/java"
    touch "$kept/java/ready"
  fi
  # Where musl is installed too, loki4j's snappy takes the machine for one of musl and fails: it is told which form to load.
  snappy=()
  if getconf GNU_LIBC_VERSION >/dev/null 2>&1; then
    form="org/xerial/snappy/native/Linux/$(uname -m)"
    (cd "$kept/java" && jar xf snappy-java-*.jar "$form")
    snappy=("-Dorg.xerial.snappy.lib.path=$kept/java/$form" -Dorg.xerial.snappy.lib.name=libsnappyjava.so)
  fi
  java=(java -XX:TieredStopAtLevel=1 -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dsun.stdout.encoding=UTF-8 "${snappy[@]}"
    -Dlogback.configurationFile=tests/senders/java/logback.xml -cp "$kept/java/*")
  sender "OpenTelemetry SDK of Java" "${java[@]}" tests/senders/java/Otel.java
  sender "loki4j" "${java[@]}" tests/senders/java/Loki.java
else
  echo "⏭️  OpenTelemetry SDK of Java and loki4j skipped"
fi

if (need go "see https://go.dev/doc/install   (1.26 or newer)"); then
  (cd tests/senders/go && go build -buildvcs=false -o "$kept/go" .)
  sender "OpenTelemetry SDK of Go" "$kept/go"
else
  echo "⏭️  OpenTelemetry SDK of Go skipped"
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
