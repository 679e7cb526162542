# environment FOLDER REQUIREMENTS: a virtual environment with these packages, completed when they change; says its python. Sourced.
environment() {
  if stale "$1/ready" "$2"; then
    python3 -m venv "$1"
    "$1/bin/pip" install --quiet --disable-pip-version-check --requirement "$2" >&2
    touch "$1/ready"
  fi
  echo "$1/bin/python"
}
