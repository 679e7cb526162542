#!/usr/bin/env bash
# npm, from tarballs: the library and the package of this platform. From a registry npm chooses the latter by itself; here it is
# named, and the library's wish for the others, which are in no registry, is one that npm may leave unfulfilled.
set -euo pipefail
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --omit=optional "$1"/distributed-logs-[0-9]*.tgz
npm install --silent --no-audit --no-fund --omit=optional --no-save --force "$1"/distributed-logs-[a-z]*.tgz
cp "$EXAMPLES/node/quickstart.js" .
node quickstart.js
