#!/usr/bin/env bash
# Makes .venv ready to run and to test the program; called by the Makefile.
# A second call finds nothing to do and takes a few hundredths of a second.
# An interrupted call leaves no .venv/ready, so the next one starts afresh.
# What pip and apt-get have to say goes to out/setup.log.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
unset PYTHONHOME PYTHONPATH VIRTUAL_ENV

lock=packaging/requirements.lock
libraries=packaging/system_libraries.txt
log=out/setup.log

# Says what .venv was made from. Where .venv's Python is gone or broken, nothing.
made_from() {
    .venv/bin/python -I -S -c 'import sys; print(sys.implementation.cache_tag)' 2>/dev/null &&
        cat "$lock" "$libraries" packaging/setup.sh &&
        pwd
}

fingerprint() { made_from | cksum; }

is_ready() {
    [ -e .venv/ready ] && [ -x .venv/bin/intake-desk ] && [ "$(<.venv/ready)" = "$(fingerprint)" ]
}

say() { printf '%s\n' "$*"; }

stop() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

# step "what is done" "sentence if it fails" command...
step() {
    local doing=$1 sorry=$2
    shift 2
    say "$doing"
    printf '\n== %s\n' "$*" >>"$log"
    if ! "$@" >>"$log" 2>&1 </dev/null; then
        tail -n 15 "$log" | sed 's/^/    /' >&2
        stop "$sorry (All of it is in $log.)"
    fi
}

# Prints the path of a Python that will do: the first one asked for that is new
# enough. From inside an environment it is the Python that one was made with.
find_python() {
    local name
    for name in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
        "$name" -c 'import sys
if not (3, 11) <= sys.version_info < (3, 15): sys.exit(1)
print(sys._base_executable)' 2>/dev/null && return
    done
    return 1
}

# Prints the Debian packages of the libraries that this Linux does not have.
missing_packages() {
    [ "$(uname -s)" = Linux ] || return 0
    local ldconfig have library package
    ldconfig=$(PATH=$PATH:/sbin:/usr/sbin command -v ldconfig) || return 0
    have=$("$ldconfig" -p)
    while read -r library package; do
        case $library in '' | '#'*) continue ;; esac
        [[ $have == *"$library "* ]] || say "$package"
    done <"$libraries" | sort -u
    # Debian keeps the part of Python that makes environments in its own package.
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

may_use_sudo() {
    command -v sudo >/dev/null || return 1
    sudo -n true 2>/dev/null && return
    [ -t 0 ] && say "System libraries are missing; sudo may ask for your password." && sudo -v
}

install_packages() {
    local as_root=() command="apt-get update && apt-get install $*"
    if ! command -v apt-get >/dev/null; then
        stop "Qt needs system libraries that are missing here; install what Debian calls: $*"
    fi
    if [ "$(id -u)" != 0 ]; then
        may_use_sudo || stop "System libraries are missing; as root, type this and then try again: $command"
        as_root=(sudo)
    fi
    # The first two lines mend what may be amiss: old package lists, an interrupted
    # installation. Where they cannot, the third line says why.
    # shellcheck disable=SC2016  # "$@" is the inner shell's
    step "Installing $# system packages (Qt's libraries) ..." \
        "The system packages could not be installed; as root, type this and then try again: $command." \
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive sh -c '
            apt-get update
            dpkg --configure -a
            apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"' apt "$@"
}

new_venv() { rm -rf .venv && "$1" -m venv .venv; }

set_up() {
    local python packages pip=(.venv/bin/python -m pip --disable-pip-version-check)
    python=$(find_python) ||
        stop "Intake Desk needs Python 3.11 to 3.14 and found none; on Debian type: apt-get install python3"
    say "Setting up Intake Desk; this is done once and takes a few minutes."

    packages=$(missing_packages)
    # shellcheck disable=SC2086  # a list of package names, none with a space
    [ -z "$packages" ] || install_packages $packages

    step "Making .venv with $("$python" --version) ..." \
        "The Python environment .venv could not be made." \
        new_venv "$python"
    step "Installing $(grep -c '==' "$lock") Python packages ..." \
        "The Python packages could not be installed; check that this computer is online and try again." \
        "${pip[@]}" install --no-user --require-hashes --only-binary :all: -r "$lock"
    step "Installing Intake Desk itself ..." \
        "Intake Desk could not be installed into .venv." \
        "${pip[@]}" install --no-user --no-index --no-deps --no-build-isolation -e .
    step "Checking that the packages fit together ..." \
        "The lock file and pyproject.toml do not agree; type: make lock" \
        "${pip[@]}" check
    fingerprint >.venv/ready
    say "Set up. The next start skips this."
}

if ! is_ready; then
    mkdir -p out
    # Two set-ups at once would spoil each other: the second waits, then looks again.
    exec 9>>"$log"
    if command -v flock >/dev/null && ! flock -n 9; then
        say "Another set-up is going on here; waiting for it to end."
        flock 9
    fi
    if ! is_ready; then
        : >"$log"
        set_up
    fi
fi
