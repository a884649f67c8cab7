"""The rest of the school: people whom the camera never sees, so that the terminal holds a roster of a school's size."""

import sqlite3
import sys
import time
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fleet"))
from school import MODEL, Vault, templates, uuid7  # noqa: E402


def fill(database, key_file, count):
    """Puts people with a template each, the face of nobody, into the server's database. Returns their ids."""
    now, vault = int(time.time() * 1000), Vault(key_file)
    ids = [str(uuid.uuid4()) for _ in range(count)]
    with sqlite3.connect(database) as connection:
        (last,) = connection.execute("SELECT revision FROM roster").fetchone()
        connection.executemany(
            "INSERT INTO people (id, name, class, created_ms, revision, consent_ms) VALUES (?, ?, 'crowd', ?, ?, ?)",
            [(person, f"Person {place}", now, place, now) for place, person in enumerate(ids, last + 1)])
        connection.executemany(
            "INSERT INTO templates (id, person, sealed, model, quality, created_ms) VALUES (?, ?, ?, ?, 'none', ?)",
            [(uuid7(now), person, vault.seal(template, person), MODEL, now)
             for person, template in zip(ids, templates(count))])
        connection.execute("UPDATE roster SET revision = revision + ?", (count,))
    connection.close()
    return set(ids)
