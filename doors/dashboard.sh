#!/usr/bin/env bash
# The page that the server carries inside.
set -euo pipefail
. "$(dirname "$0")/places.sh"
need npm "apt-get install nodejs npm   (Node 20 or newer)"
cd dashboard

case $1 in
  missing) ;;
  build)
    modules .
    if stale dist/index.html src index.html package-lock.json vite.config.ts; then
      said=$(npm run --silent build 2>&1) || { echo "$said" >&2; exit 1; }
    fi
    ;;
  lint) modules . && npm run --silent check ;;
  test) modules . && npm test --silent ;;
esac
