#!/usr/bin/env bash
# The Node.js library, built into clients/node/dist.
set -euo pipefail
. "$(dirname "$0")/places.sh"
need npm "apt-get install nodejs npm   (Node 20 or newer)"
need cargo "curl https://sh.rustup.rs -sSf | sh"
package="$root/clients/node"

# The native half lies beside what tsc writes, named after the platform, without what only a debugger needs.
addon() {
  compile_shared -p dlogs-node
  local built lies
  built="$DLOGS_SHARED/$(shared dlogs_node)"
  lies="$package/dist/dlogs.$(node -p 'process.platform + "-" + process.arch').node"
  if stale "$lies" "$built"; then stripped "$built" "$lies"; fi
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
    modules "$root/examples/node"
    echo "✅ Node.js dependencies installed"
    ;;
  # The package itself, and one package a platform with the native half, of which npm installs the one that fits.
  package)
    mkdir -p "$1"
    staged=$(mktemp -d)
    trap 'rm -rf "$staged"' EXIT
    if [ -z "${DLOGS_NATIVES:-}" ]; then
      compile_shared -p dlogs-node
      mkdir -p "$staged/natives/$(platform)"
      stripped "$DLOGS_SHARED/$(shared dlogs_node)" "$staged/natives/$(platform)/dlogs.node"
    fi
    node "$package/pack.mjs" "${DLOGS_NATIVES:-$staged/natives}" "$staged/packages"
    for folder in "$staged/packages"/*/; do npm pack --silent --pack-destination "$1" "$folder" >/dev/null; done
    ;;
  lint)
    cargo clippy --quiet -p dlogs-node -- -D warnings
    npm --prefix "$package" run --silent check
    "$package/node_modules/.bin/biome" ci --error-on-warnings --config-path="$package" "$root"/bench/node/*.js "$root/examples/node"
    ;;
  # The cases are a part of their own: ./test.sh cases.
  test) npm --prefix "$package" test --silent ;;
  demo) exec node "$package/dist/demo.js" "$@" ;;
  example) exec node "$root/examples/node/${1:-quickstart}.js" ;;
  driver) exec node "$package/tests/driver.js" ;;
  kill_me) exec node "$package/tests/kill_me.js" "$@" ;;
esac
