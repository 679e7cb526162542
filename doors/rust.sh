#!/usr/bin/env bash
# The Rust part: the server `dlogs`, the client and the test tools.
set -euo pipefail
. "$(dirname "$0")/places.sh"
need cargo "curl https://sh.rustup.rs -sSf | sh"
need cc "apt-get install build-essential"

verb=$1
shift
case $verb in
  missing) ;;
  build)
    echo "🦀 Building Rust server and library..."
    cargo build --quiet --release -p dlogs-cli -p dlogs-testkit
    cargo build --quiet --release -p dlogs --examples
    echo "✅ Rust server and library built"
    ;;
  lint)
    cargo fmt --all --check
    cargo xtask gen --check
    cargo xtask tidy
    cargo clippy --quiet --all-targets --all-features -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps
    ;;
  test)
    cargo test --quiet --all-features
    RUSTFLAGS="--cfg loom" CARGO_TARGET_DIR="$CARGO_TARGET_DIR/loom" \
      cargo test --release -p dlogs-journal --test loom
    ;;
  demo) exec "$DLOGS_BUILT/examples/demo" "$@" ;;
  example) exec "$DLOGS_BUILT/examples/quickstart" ;;
  driver) exec "$DLOGS_BUILT/dlogs-rust-driver" ;;
  kill_me) exec "$DLOGS_BUILT/examples/kill_me" "$@" ;;
esac
