"""Prints the letters in the files of the command line as JSON, read by Python's own parser of mail."""

import email
import email.header
import email.policy
import email.utils
import json
import sys


def names(raw):
    """The names in To. Not by the newer parser: Python 3.11's leaves the folding between encoded words in them."""
    value = email.message_from_bytes(raw)["To"].replace("\r", "").replace("\n", "")
    found = email.utils.getaddresses([value])
    return [str(email.header.make_header(email.header.decode_header(name))) for name, _ in found]


def read(path):
    with open(path, "rb") as file:
        raw = file.read()
    letter = email.message_from_bytes(raw, policy=email.policy.default)
    forms = {part.get_content_type(): part.get_content().replace("\r\n", "\n") for part in letter.iter_parts()}
    return {
        "sender": letter["X-From"] or "", "recipient": letter["X-To"] or "",
        "headers": {name: str(value) for name, value in letter.items()},
        "addresses": [address.addr_spec for address in letter["To"].addresses],
        "names": names(raw),
        "text": forms.get("text/plain", ""), "html": forms.get("text/html", ""),
        "defects": [str(defect) for defect in letter.defects]
        + [str(defect) for value in letter.values() for defect in getattr(value, "defects", ())],
        "longest": max(len(line) for line in raw.split(b"\r\n")),
        "is_ascii": raw.isascii(), "has_bare_newline": b"\n" in raw.replace(b"\r\n", b""),
    }


print(json.dumps([read(path) for path in sys.argv[1:]]))
