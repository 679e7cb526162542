#!/usr/bin/env bash
# pip, in a virtual environment of its own.
set -euo pipefail
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check "$1"/distributedlogs-*.whl
cp "$EXAMPLES/python/quickstart.py" .
venv/bin/python quickstart.py
