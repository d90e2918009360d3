#!/usr/bin/env bash
# Writes packaging/requirements.lock anew; see packaging/README.md.
#   relock.sh             changes only what pyproject.toml asks for
#   relock.sh --upgrade   takes the newest release of everything it allows
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

lock=packaging/requirements.lock
uv=out/relock/bin/uv

if [ ! -x "$uv" ]; then
    "${PYTHON:-python3}" -m venv --clear out/relock
    out/relock/bin/python -m pip install --quiet --disable-pip-version-check uv
fi
UV_CUSTOM_COMPILE_COMMAND="make lock" "$uv" pip compile pyproject.toml \
    --quiet --all-extras --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --output-file "$lock" "$@"

# Where packages come from is each computer's own setting, not the project's.
if grep -nE '(https?|file)://' "$lock"; then
    echo "The lock file names an address; take it out of pyproject.toml and lock again." >&2
    exit 1
fi
echo "$lock has $(grep -c '==' "$lock") packages. Now type: make test"
