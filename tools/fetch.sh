# Getting files from packages, each checked by its SHA-256. Source it after lib.sh.
# shellcheck shell=bash

# sha256_is FILE HASH
sha256_is() { [ -f "$1" ] && [ "$(sha256sum "$1" | cut -d' ' -f1)" = "$2" ]; }

# make_download_folder PARENT: a folder for downloads, removed when the script ends. It must be on the same file system as
# what is made from it, so that a finished file is renamed into place and a broken download never looks like a whole one.
make_download_folder() {
    mkdir -p "$1"
    DOWNLOADS=$(mktemp -d "$1/download.XXXXXX")
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
    "$PYTHON" -m pip --version >/dev/null 2>&1 ||
        fail "Python's pip is missing" \
            "Run: apt-get install --no-install-recommends python3-pip" ${WITHOUT_PIP:+"$WITHOUT_PIP"}
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
