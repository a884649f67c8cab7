"""What the database of a fleet's school has before the morning: terminals that are registered, each with a class of its
own, people with a membership and a sealed template, and the marks and records of the day before."""

import ctypes
import hashlib
import random
import secrets
import time
import uuid

import numpy

MODEL, DAY = "dlib-resnet-v1", 86_400_000
MARKS = ["id", "key", "source", "terminal", "person", "session", "at_ms", "status", "clock", "boot_id", "boot_time_ns",
         "shots", "score", "received_ms"]
RECORDS = ["person", "session", "class", "status", "cause", "mark", "at_ms"]


def uuid7(milliseconds):
    """An id as terminals and the server make them: they grow with the time."""
    chance = (random.getrandbits(12) << 64) | (2 << 62) | random.getrandbits(62)
    return str(uuid.UUID(int=(milliseconds << 80) | (7 << 76) | chance))


class Vault:
    """Seals templates as the server does (Sources/Database/Vault/TemplateVault.swift)."""

    def __init__(self, file):
        self.key = file.read_bytes()
        self.seal_it = ctypes.CDLL("libsodium.so.23").crypto_aead_xchacha20poly1305_ietf_encrypt

    def seal(self, template, person):
        nonce = secrets.token_bytes(24)
        bound = b"\1" + uuid.UUID(person).bytes + MODEL.encode()
        sealed = ctypes.create_string_buffer(len(template) + 16)
        self.seal_it(sealed, None, template, ctypes.c_ulonglong(len(template)), bound, ctypes.c_ulonglong(len(bound)),
                     None, nonce, self.key)
        return b"\1" + nonce + sealed.raw


def templates(count):
    """Faces of nobody: numbers in the range of a descriptor's."""
    numbers = numpy.random.default_rng()
    for _ in range(count):
        yield (numbers.standard_normal(128, dtype="<f4") / 8).tobytes()


def day_before(backend, doors, classes, everybody):
    """Everybody was seen, and every class's session is closed."""
    begin = int(time.time() * 1000) // DAY * DAY - DAY
    date, boot = time.strftime("%Y-%m-%d", time.gmtime(begin / 1000)), str(uuid.uuid4())
    seen = [uuid7(moment) for moment in sorted(begin + random.randrange(DAY // 2) for _ in everybody)]
    backend.insert("marks", MARKS, (
        (mark, f"{person} {date}", "terminal", doors[number], person, date, begin, "present", "synchronised", boot, 1, 3,
         0.5, begin)
        for mark, (person, number) in zip(seen, everybody)))
    backend.insert("attendance", RECORDS, (
        (person, date, f"class {number}", "present", "mark", mark, begin)
        for mark, (person, number) in zip(seen, everybody)))
    backend.insert("closings", ["class", "session", "closed_ms", "waits_for"], (
        (f"class {number}", date, begin + DAY, "") for number in range(len(classes))))


def fill(backend, key_file, terminals, people):
    """Fills the database. Returns the terminals' tokens and the ids of each one's people."""
    begin = int(time.time() * 1000) // DAY * DAY - DAY
    tokens = ["rct_" + secrets.token_urlsafe(32) for _ in range(terminals)]
    doors = [str(uuid.uuid4()) for _ in range(terminals)]
    classes = [str(uuid.uuid4()) for _ in range(terminals)]
    ids = [[str(uuid.uuid4()) for _ in range(people)] for _ in range(terminals)]
    everybody = [(person, number) for number, group in enumerate(ids) for person in group]
    random.shuffle(everybody)
    first = backend.value("SELECT revision FROM roster") + 1
    vault = Vault(key_file)
    backend.insert(
        "terminals", ["id", "name", "token_hash", "created_ms", "registered_ms"],
        ((door, f"door {number}", hashlib.sha256(token.encode()).digest(), begin, begin)
         for number, (door, token) in enumerate(zip(doors, tokens))))
    backend.insert(
        "classes", ["id", "name", "created_ms"], ((each, f"class {number}", begin) for number, each in enumerate(classes)))
    backend.insert("terminal_classes", ["terminal", "class"], zip(doors, classes))
    backend.insert(
        "people", ["id", "name", "class", "created_ms", "revision", "consent_ms"],
        ((person, f"Person {place}", f"class {number}", begin, place, begin)
         for place, (person, number) in enumerate(everybody, first)))
    backend.insert(
        "memberships", ["person", "since_ms", "class"], ((person, begin, f"class {number}") for person, number in everybody))
    backend.insert(
        "templates", ["id", "person", "sealed", "model", "quality", "created_ms"],
        ((uuid7(begin), person, vault.seal(template, person), MODEL, "none", begin)
         for (person, _), template in zip(everybody, templates(len(everybody)))))
    day_before(backend, doors, classes, everybody)
    backend.run(f"UPDATE roster SET revision = revision + {len(everybody)}")
    backend.settle()
    return tokens, ids
