#!/bin/sh
# Run every test: on SQLite, on a PostgreSQL that comes with the development requirements, and in Debian's Chromium.
set -eu
BIN=${BIN:-.venv/bin}
CHROMIUM=$(command -v chromium || true)

if [ -z "$CHROMIUM" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the browser tests…"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null 2>&1 || true
    CHROMIUM=$(command -v chromium || true)
fi
if [ -z "$CHROMIUM" ]; then
    if [ "${CI:-}" = true ]; then
        echo "Chromium is missing, and CI must run the browser tests." >&2
        exit 1
    fi
    echo "NOTICE: no Chromium on this machine, so the browser tests are left out. Install the package 'chromium'." >&2
fi

status=0
echo "--- SQLite"
"$BIN/python" -m pytest -q -n 2 -m "not browser" "$@" || status=$?
echo "--- PostgreSQL"
"$BIN/python" -W ignore tests/with_postgres.py "$BIN/python" -m pytest -q -n 2 -m "not browser" "$@" || status=$?
if [ -n "$CHROMIUM" ]; then
    echo "--- Browser"
    CHROMIUM="$CHROMIUM" "$BIN/python" -m pytest -q -n 2 --dist loadfile -m browser "$@" || status=$?
fi
exit $status
