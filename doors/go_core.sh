#!/usr/bin/env bash
# go_core.sh ARCHIVE HEADER OBJECT: one object of what the header's exports need, out of the core as a static library. Other Rust
# libraries in the same program must not meet its symbols, and Go's build cache knows files called .syso, so that no program
# keeps an old core.
set -euo pipefail
roots=$(grep -oE '\bdlogs_[a-z_]+\(' "$2" | grep -v test_panic | tr -d '(' | sort -u | sed 's/^/-u /')
# shellcheck disable=SC2086 # one word an option
ld -r --gc-sections $roots -o "$3.all" "$1"
objcopy --wildcard --keep-global-symbol='dlogs_*' --strip-debug --strip-unneeded \
  --remove-section=.llvmbc --remove-section=.llvmcmd "$3.all" "$3.new"
rm "$3.all"
mv "$3.new" "$3"
