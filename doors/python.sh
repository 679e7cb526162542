#!/usr/bin/env bash
# The Python library, in the virtual environment venv/.
set -euo pipefail
. "$(dirname "$0")/places.sh"
need python3 "apt-get install python3 python3-venv   (3.10 or newer)"
need cargo "curl https://sh.rustup.rs -sSf | sh"

verb=$1
shift
case $verb in
  missing) ;;
  build)
    echo "🐍 Setting up Python environment..."
    [ -x "$venv/bin/python" ] || python3 -m venv "$venv"
    if stale "$venv/.requirements" clients/python/requirements-dev.txt; then
      "$venv/bin/pip" install --quiet --disable-pip-version-check -r clients/python/requirements-dev.txt
      touch "$venv/.requirements"
    fi
    said=$(VIRTUAL_ENV="$venv" "$venv/bin/maturin" develop --quiet --release -m clients/python/Cargo.toml 2>&1) ||
      { echo "$said" >&2 && exit 1; }
    echo "✅ Python environment ready"
    ;;
  package)
    mkdir -p "$1"
    # With zig the wheel is for glibc 2.17, or musl 1.2, whatever this machine has.
    "$venv/bin/maturin" build --quiet --profile "$profile" --strip --out "$1" -m clients/python/Cargo.toml \
      ${target:+--target "${target%%.*}" --zig}
    ;;
  lint)
    cargo clippy --quiet -p dlogs-python -- -D warnings
    "$venv/bin/ruff" check bench clients/python examples tests
    "$venv/bin/ruff" format --check bench clients/python examples tests
    (cd clients/python && "$venv/bin/mypy" && "$venv/bin/pyright")
    ;;
  # The cases are a part of their own: ./test.sh cases.
  test) (cd clients/python && "$venv/bin/python" -m pytest -q --ignore=tests/test_cases.py) ;;
  demo) exec "$venv/bin/python" -m distributedlogs.demo "$@" ;;
  example)
    [ "${1:-quickstart}" != web ] || exec "$venv/bin/uvicorn" --app-dir "$root/examples/python" --port "${PORT:-8080}" web:app
    exec "$venv/bin/python" "$root/examples/python/${1:-quickstart}.py"
    ;;
  driver) exec "$venv/bin/python" "$root/clients/python/tests/driver.py" ;;
  kill_me) exec "$venv/bin/python" "$root/clients/python/tests/kill_me.py" "$@" ;;
esac
