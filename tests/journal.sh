#!/usr/bin/env bash
# The journal's proofs in full: model sequences, truncation at every byte, flips of every bit, loom, fuzzing of the scanner.
set -euo pipefail
. doors/places.sh
export JOURNAL_SEQUENCES="${JOURNAL_SEQUENCES:-20000}" DAMAGE=full FUZZ_SECONDS="${FUZZ_SECONDS:-600}" KILLS="${KILLS:-100}"
cargo test --release -p dlogs-journal -- --nocapture
RUSTFLAGS="--cfg loom" CARGO_TARGET_DIR="$CARGO_TARGET_DIR/loom" cargo test --release -p dlogs-journal --test loom
