#!/usr/bin/env bash
# Builds the server with its page, and the library of every language whose toolchain is here.
set -euo pipefail
cd "$(dirname "$0")"
. doors/places.sh

echo "🔨 Building Multi-Language Logging Libraries..."
for part in $(parts); do
  status=0
  "doors/$part.sh" build || status=$?
  case $status in
    0) ;;
    3) echo "⏭️  $part skipped" ;;
    *) echo "❌ $part failed to build" >&2 && exit "$status" ;;
  esac
done
