"""The databases that a fleet runs on, filled without the server: a million people would take it long."""

import hashlib
import os
import secrets
import shutil
import sqlite3
import subprocess
import tempfile
import uuid
from pathlib import Path


def contents(terminals, people):
    """Tokens of the terminals, the ids of their people, and the rows of both."""
    tokens = ["rct_" + secrets.token_urlsafe(32) for _ in range(terminals)]
    ids = [[str(uuid.uuid4()) for _ in range(people)] for _ in range(terminals)]
    return tokens, ids


def terminal_rows(tokens):
    return [(str(uuid.uuid4()), f"door {number}", hashlib.sha256(token.encode()).digest()) for number, token in enumerate(tokens)]


def class_rows(count):
    return [(str(uuid.uuid4()), f"class {number}") for number in range(count)]


def served(doors, classes):
    """Each terminal serves one class."""
    return [(door[0], each[0]) for door, each in zip(doors, classes)]


def person_rows(ids, first):
    for number, people in enumerate(ids):
        for person in people:
            first += 1
            yield person, f"Person {first}", f"class {number}", first


class SQLite:
    def __init__(self, home):
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        self.path = home / "rollcall.sqlite"
        self.setting = f'path = "{self.path}"'

    def fill(self, terminals, people):
        tokens, ids = contents(terminals, people)
        with sqlite3.connect(self.path) as database:
            first = database.execute("SELECT revision FROM roster").fetchone()[0]
            doors, classes = terminal_rows(tokens), class_rows(terminals)
            database.executemany("INSERT INTO terminals (id, name, token_hash, created_ms) VALUES (?, ?, ?, 0)", doors)
            database.executemany("INSERT INTO classes (id, name, created_ms) VALUES (?, ?, 0)", classes)
            database.executemany("INSERT INTO terminal_classes (terminal, class) VALUES (?, ?)", served(doors, classes))
            database.executemany(
                "INSERT INTO people (id, name, class, created_ms, revision) VALUES (?, ?, ?, 0, ?)", person_rows(ids, first))
            database.execute("UPDATE roster SET revision = revision + ?", [terminals * people])
        database.close()
        return tokens, ids

    def marks(self):
        database = sqlite3.connect(self.path)
        return {row[0] for row in database.execute("SELECT id FROM marks")}

    def stop(self):
        pass


class Postgres:
    """A server of its own with Debian's settings: what is committed is on the disk."""

    BIN = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1] if Path("/usr/lib/postgresql").exists() else None

    def __init__(self, home):
        if self.BIN is None:
            raise SystemExit("PostgreSQL is missing: apt-get install postgresql")
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        # In a folder of a user who may run it, and whose name is short enough for a socket.
        self.folder = Path(tempfile.mkdtemp(prefix="fleet-"))
        self.user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
        if self.user:
            shutil.chown(self.folder, "postgres", "postgres")
        self.call("initdb", "-D", self.folder / "data", "-U", "rollcall", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self.call("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "-o",
                  f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c max_connections=200", "start")
        self.psql("postgres", "CREATE DATABASE rollcall")
        self.folder.chmod(0o755)
        self.setting = f'url = "postgres://rollcall@/rollcall?host={self.folder}"'

    def call(self, program, *arguments):
        subprocess.run([*self.user, self.BIN / program, *arguments], check=True, stdout=subprocess.DEVNULL)

    def psql(self, database, command, data=None):
        outcome = subprocess.run(
            [*self.user, self.BIN / "psql", "-h", self.folder, "-U", "rollcall", "-d", database, "-qAt", "-v", "ON_ERROR_STOP=1",
             "-c", command], input=data, capture_output=True, text=True)
        if outcome.returncode != 0:
            raise SystemExit(outcome.stderr)
        return outcome.stdout

    def copy(self, table, rows):
        lines = "".join("\t".join(map(str, row)) + "\n" for row in rows)
        self.psql("rollcall", f"COPY {table} FROM STDIN", lines)

    def fill(self, terminals, people):
        tokens, ids = contents(terminals, people)
        first = int(self.psql("rollcall", "SELECT revision FROM roster"))
        doors, classes = terminal_rows(tokens), class_rows(terminals)
        self.copy("terminals (id, name, token_hash, created_ms)",
                  ((key, name, "\\\\x" + digest.hex(), 0) for key, name, digest in doors))
        self.copy("classes (id, name, created_ms)", ((*row, 0) for row in classes))
        self.copy("terminal_classes (terminal, class)", served(doors, classes))
        self.copy("people (id, name, class, created_ms, revision)", ((a, b, c, 0, d) for a, b, c, d in person_rows(ids, first)))
        self.psql("rollcall", f"UPDATE roster SET revision = revision + {terminals * people}")
        self.psql("rollcall", "ANALYZE")
        return tokens, ids

    def marks(self):
        return set(self.psql("rollcall", "SELECT id FROM marks").split())

    def stop(self):
        if self.folder.exists():
            self.call("pg_ctl", "-D", self.folder / "data", "-m", "fast", "stop")
            shutil.rmtree(self.folder)
