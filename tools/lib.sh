# Shared by the scripts in tools/. Source it; it needs nothing but Debian's base system.
# shellcheck shell=bash disable=SC2034

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Debian's own Python: its packages (pip, Pillow, NumPy) are not visible to another Python earlier in PATH.
PYTHON=/usr/bin/python3

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then bold=$'\e[1m' green=$'\e[32m' red=$'\e[31m' plain=$'\e[0m'
else bold='' green='' red='' plain=''; fi

# What is being done now.
step() { printf '%s==> %s%s\n' "$bold" "$*" "$plain"; }
# What was found or done.
note() { printf '    %s\n' "$*"; }
# A step that has nothing left to do.
skip() { printf '%s  ✓%s %s\n' "$green" "$plain" "$*"; }
# Stops with what went wrong, and on further lines where and what to do next.
fail() {
    printf '%s==> %s%s\n' "$red" "$1" "$plain" >&2
    shift
    if [ $# -gt 0 ]; then printf '    %s\n' "$@" >&2; fi
    exit 1
}

# The path of Swift's own clang, which compiles the release's C; with ++ behind it, C++.
swift_clang() {
    swiftc -print-target-info | "$PYTHON" -c '
import json, sys; print(json.load(sys.stdin)["paths"]["runtimeResourcePath"] + "/../../bin/clang")'
}

# as_root COMMAND...: runs it as root, by sudo if need be.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else
        note "${1##*/} needs root: sudo may ask for your password"
        sudo "$@"
    fi
}
