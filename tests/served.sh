# Starts a server of its own on a free port with temporary data; sets $scratch and $url, and stops it at the end. Sourced.
# What is in $serve_with is said to it besides.
scratch=$(mktemp -d)
: >"$scratch/said"
# shellcheck disable=SC2086 # one word an option
"$DLOGS_BIN" serve --port 0 --data "$scratch/data" ${serve_with:-} >"$scratch/said" 2>"$scratch/errors" &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true; rm -rf "$scratch"' EXIT
url=
for _ in $(seq 600); do
  url=$(grep -oE 'http://[0-9.a-z]+:[0-9]+' "$scratch/said" | head -1) && break
  sleep 0.1
done
[ -n "$url" ] || { echo "the server did not start:"; cat "$scratch/errors"; exit 1; } >&2
