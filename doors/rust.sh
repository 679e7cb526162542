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
    compile -p dlogs-cli -p dlogs-testkit
    compile -p dlogs --examples
    compile -p dlogs-examples
    echo "✅ Rust server and library built"
    ;;
  lint)
    cargo fmt --all --check
    cargo fmt --manifest-path bench/rust/Cargo.toml --check
    cargo xtask gen --check
    cargo xtask tidy
    cargo clippy --quiet --all-targets --all-features -- -D warnings
    cargo clippy --quiet -p dlogs-examples -- -D warnings
    # One after the other: the client's library and the server's binary are both called dlogs, and their pages lie in one folder.
    RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps --workspace --exclude dlogs-cli
    RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps -p dlogs-cli
    ;;
  test)
    cargo test --quiet --all-features
    RUSTFLAGS="--cfg loom" CARGO_TARGET_DIR="$CARGO_TARGET_DIR/loom" \
      cargo test --release -p dlogs-journal --test loom
    ;;
  # What the public registry takes.
  package)
    mkdir -p "$1"
    cargo package --quiet --no-verify --allow-dirty -p dlogs-record -p dlogs-journal -p dlogs
    for crate in record journal ""; do cp "$CARGO_TARGET_DIR/package/dlogs${crate:+-$crate}-$(version).crate" "$1/"; done
    ;;
  # The server with its page, as people load it.
  archive)
    doors/dashboard.sh build
    compile -p dlogs-cli
    folder="dlogs-$(version)-$(platform)"
    mkdir -p "$1/$folder"
    stripped "$DLOGS_BUILT/$(program dlogs)" "$1/$folder/$(program dlogs)"
    cp README.md CHANGELOG.md LICENSE "$1/$folder/"
    tar -C "$1" -czf "$1/$folder.tar.gz" "$folder"
    rm -r "${1:?}/$folder"
    ;;
  demo) exec "$DLOGS_BUILT/examples/demo" "$@" ;;
  example)
    [ "${1:-quickstart}" = quickstart ] && exec "$DLOGS_BUILT/examples/quickstart"
    exec "$DLOGS_BUILT/example-$1"
    ;;
  driver) exec "$DLOGS_BUILT/dlogs-rust-driver" ;;
  kill_me) exec "$DLOGS_BUILT/examples/kill_me" "$@" ;;
esac
