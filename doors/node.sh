#!/usr/bin/env bash
# The Node.js library, built into clients/node/dist.
set -euo pipefail
. "$(dirname "$0")/places.sh"
need npm "apt-get install nodejs npm   (Node 20 or newer)"
need cargo "curl https://sh.rustup.rs -sSf | sh"
package="$root/clients/node"

# The native half lies beside what tsc writes, named after the platform, without what only a debugger needs.
addon() {
  cargo build --quiet --release -p dlogs-node
  local extension=so built
  [ "$(uname)" = Darwin ] && extension=dylib
  built="$DLOGS_BUILT/libdlogs_node.$extension"
  target="$package/dist/dlogs.$(node -p 'process.platform + "-" + process.arch').node"
  if stale "$target" "$built"; then strip -x -o "$target" "$built"; fi
}

verb=$1
shift
case $verb in
  missing) ;;
  build)
    echo "🟨 Setting up Node.js environment..."
    modules "$package"
    if stale "$package/dist/index.js" "$package/lib" "$package/tsconfig.json"; then npm --prefix "$package" run --silent build; fi
    addon
    modules examples/node
    echo "✅ Node.js dependencies installed"
    ;;
  lint)
    cargo clippy --quiet -p dlogs-node -- -D warnings
    npm --prefix "$package" run --silent check
    ;;
  # The cases are a part of their own: ./test.sh cases.
  test) npm --prefix "$package" test --silent ;;
  demo) exec node "$package/dist/demo.js" "$@" ;;
  example) exec node examples/node/quickstart.js ;;
  driver) exec node "$package/tests/driver.js" ;;
  kill_me) exec node "$package/tests/kill_me.js" "$@" ;;
esac
