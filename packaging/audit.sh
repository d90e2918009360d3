#!/usr/bin/env bash
# Looks every pinned dependency up among the published advisories; see packaging/README.md.
# It needs a network, which the program itself never uses: only names and versions of packages
# leave this computer. Arguments go to pip-audit (for example --osv-url for a copy of one's own).
# Exit code 0: nothing known. 1: something is known. 2: it could not be found out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tool=pip-audit==2.10.1
python=out/audit/bin/python
log=out/audit.log

if [ "$(cat out/audit/made 2>/dev/null)" != "$tool" ]; then
    "${PYTHON:-python3}" -m venv --clear out/audit
    "$python" -m pip install --quiet --disable-pip-version-check "$tool" 2>"$log"
    printf '%s' "$tool" >out/audit/made
fi
rm -f out/audit-*
# What is pinned for other systems or other Pythons too. A package may be pinned twice, and
# pip-audit takes each once, so there are as many lists.
grep -oE '^[A-Za-z0-9._-]+==[^ ]+' packaging/requirements.lock |
    awk -F== '{print > ("out/audit-" ++seen[$1] ".txt")}'
: >"$log"
for list in out/audit-*.txt; do
    # --strict: a package that could not be looked up is no clean package.
    "$python" -m pip_audit --strict --vulnerability-service osv --no-deps --disable-pip \
        --progress-spinner off --desc on --format json --output "${list%.txt}.json" \
        --requirement "$list" "$@" 2>>"$log" || true
    if [ ! -s "${list%.txt}.json" ]; then
        echo "Nothing was audited: no advisories could be fetched. (See $log.)" >&2
        exit 2
    fi
done
"$python" - out/audit-*.txt <<'END'
import json
import sys
from pathlib import Path

pinned, told = set(), []
for name in map(Path, sys.argv[1:]):
    pinned |= set(name.read_text("utf-8").split())
    told += json.loads(name.with_suffix(".json").read_text("utf-8"))["dependencies"]
if missed := sorted(pinned - {f"{one['name']}=={one.get('version')}" for one in told}):
    print("Not audited:", ", ".join(missed), file=sys.stderr)
    sys.exit(2)
known = [(one, bad) for one in told for bad in one["vulns"]]
for one, bad in known:
    fixed = ", ".join(bad["fix_versions"]) or "no version yet"
    print(f"{one['name']} {one['version']}: {bad['id']} (mended in {fixed})")
    print(f"    {bad['description'][:200]}")
print(f"{len(told)} packages audited, {len(known)} advisories.")
sys.exit(1 if known else 0)
END
