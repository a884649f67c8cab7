"""Certificates for the hostile server, made with the openssl command in a folder that the test removes."""

import os
import subprocess

CA_CONFIGURATION = """[ca]
default_ca = own
[own]
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
"""


def openssl(folder, *arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def key(folder, name):
    openssl(folder, "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", name + ".key")


def signed(folder, name, host, start, end):
    """A certificate for `host`, by our authority, valid from `start` to `end` (YYYYMMDDHHMMSSZ)."""
    key(folder, name)
    openssl(folder, "req", "-new", "-key", name + ".key", "-subj", "/CN=" + host, "-out", name + ".csr",
            "-addext", "subjectAltName=" + ("IP:" if host[0].isdigit() else "DNS:") + host)
    openssl(folder, "ca", "-batch", "-notext", "-config", "ca.conf", "-cert", "ca.pem", "-keyfile", "ca.key",
            "-in", name + ".csr", "-startdate", start, "-enddate", end, "-out", name + ".pem")


def make(folder):
    """Writes ca.pem and NAME.pem with NAME.key for each of the names below into `folder`."""
    with open(os.path.join(folder, "ca.conf"), "w") as file:
        file.write(CA_CONFIGURATION)
    open(os.path.join(folder, "index.txt"), "w").close()
    with open(os.path.join(folder, "serial"), "w") as file:
        file.write("1000\n")
    key(folder, "ca")
    openssl(folder, "req", "-x509", "-new", "-key", "ca.key", "-subj", "/CN=Test authority", "-days", "2",
            "-out", "ca.pem")
    always = ("20200101000000Z", "20991231235959Z")
    signed(folder, "good", "localhost", *always)
    signed(folder, "wrong_name", "elsewhere.example", *always)
    signed(folder, "expired", "localhost", "20200101000000Z", "20210101000000Z")
    signed(folder, "not_yet", "localhost", "20980101000000Z", "20991231235959Z")
    key(folder, "self_signed")
    openssl(folder, "req", "-x509", "-new", "-key", "self_signed.key", "-subj", "/CN=localhost", "-days", "2",
            "-addext", "subjectAltName=DNS:localhost", "-out", "self_signed.pem")
