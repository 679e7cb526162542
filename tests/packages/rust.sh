#!/usr/bin/env bash
# Cargo, with the crates unpacked in the place of the public registry, which has none of them yet.
set -euo pipefail
cargo init --quiet --name quickstart --vcs none
for crate in "$1"/*.crate; do tar -xzf "$crate"; done
version=$(basename "$1"/dlogs-record-*.crate .crate)
version=${version#dlogs-record-}
{
  echo "dlogs = \"$version\""
  echo "[patch.crates-io]"
  for crate in dlogs dlogs-journal dlogs-record; do echo "$crate = { path = \"$crate-$version\" }"; done
} >>Cargo.toml
cp "$EXAMPLES/rust/quickstart.rs" src/main.rs
# Beside what the clone builds, so that nothing of it is taken, and what was fetched need not be built twice.
CARGO_TARGET_DIR="$CARGO_TARGET_DIR/packages" cargo run --quiet
