"""The databases that a fleet runs on. They are filled past the server, which a million people would take long."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path


class SQLite:
    def __init__(self, home, **_):
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        self.path = home / "rollcall.sqlite"
        self.setting = f'path = "{self.path}"'

    def open(self):
        return contextlib.closing(sqlite3.connect(self.path))

    def value(self, sql):
        with self.open() as database:
            return database.execute(sql).fetchone()[0]

    def run(self, sql):
        with self.open() as database, database:
            database.executescript(sql)

    def insert(self, table, columns, rows):
        places = ", ".join("?" * len(columns))
        with self.open() as database, database:
            # What is filled in is lost with the machine's power, unlike what the server writes.
            database.execute("PRAGMA synchronous = OFF")
            database.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)

    @contextlib.contextmanager
    def filling(self, table):
        """Leaves the indexes of a large table out until it is full."""
        with self.open() as database:
            indexes = database.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
                [table]).fetchall()
        self.run("".join(f"DROP INDEX {name};" for name, _ in indexes))
        yield
        self.run("PRAGMA synchronous = OFF; PRAGMA cache_size = -500000;" + "".join(f"{sql};" for _, sql in indexes))

    def settle(self):
        """The server has no statistics of a file, so there are none here."""

    def marks(self, day):
        with self.open() as database:
            return {row[0] for row in database.execute("SELECT id FROM marks WHERE session = ?", [day])}

    def pids(self):
        return []

    def state(self):
        return ""

    def stop(self):
        pass


class Postgres:
    """A server of its own with Debian's settings: what is committed is on the disk.
    `settings` are further ones, by name."""

    BIN = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1] if Path("/usr/lib/postgresql").exists() else None

    def __init__(self, home, **settings):
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
        settings = {"listen_addresses": "''", "unix_socket_directories": self.folder, "max_connections": 200} | settings
        self.call("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "-o",
                  " ".join(f"-c {name}={value}" for name, value in settings.items()), "start")
        self.psql("CREATE DATABASE rollcall", "postgres")
        self.folder.chmod(0o755)
        self.setting = f'url = "postgres://rollcall@/rollcall?host={self.folder}"'

    def call(self, program, *arguments):
        subprocess.run([*self.user, self.BIN / program, *arguments], check=True, stdout=subprocess.DEVNULL)

    def command(self, database="rollcall"):
        return [*self.user, self.BIN / "psql", "-h", self.folder, "-U", "rollcall", "-d", database, "-qAtX",
                "-v", "ON_ERROR_STOP=1"]

    def psql(self, script, database="rollcall"):
        outcome = subprocess.run(self.command(database), input=script, capture_output=True, text=True)
        if outcome.returncode != 0:
            raise SystemExit(f"{outcome.stderr.strip()}\n{script[:2000]}")
        return outcome.stdout

    def value(self, sql):
        text = self.psql(sql).strip()
        return int(text) if text.lstrip("-").isdigit() else text

    run = psql

    def insert(self, table, columns, rows):
        # A replica's session looks at no foreign keys: a million look-ups that find what was just written.
        copy = f"SET session_replication_role = replica; COPY {table} ({', '.join(columns)}) FROM STDIN"
        with subprocess.Popen([*self.command(), "-c", copy.split(";")[0], "-c", copy.split(";")[1]],
                              stdin=subprocess.PIPE, text=True) as process:
            process.stdin.writelines("\t".join(map(self.field, row)) + "\n" for row in rows)
        if process.returncode != 0:
            raise SystemExit(f"{table} could not be filled")

    @staticmethod
    def field(value):
        if value is None:
            return "\\N"
        return "\\\\x" + value.hex() if isinstance(value, bytes) else str(value)

    @contextlib.contextmanager
    def filling(self, table):
        """Leaves the indexes of a large table out until it is full."""
        indexes = self.psql(f"""
            SELECT i.relname, pg_get_indexdef(i.oid) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
            WHERE x.indrelid = '{table}'::regclass AND NOT x.indisprimary
                AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.oid)""").splitlines()
        self.psql("".join(f"DROP INDEX {line.split('|', 1)[0]};" for line in indexes))
        yield
        self.psql("SET maintenance_work_mem = '1GB';" + "".join(line.split("|", 1)[1] + ";" for line in indexes))

    def settle(self):
        """What the server's own housekeeping would have come to do by now."""
        self.psql("VACUUM ANALYZE")

    def marks(self, day):
        return set(self.psql(f"SELECT id FROM marks WHERE session = '{day}'").split())

    def pids(self):
        return [int((self.folder / "data/postmaster.pid").read_text().split()[0])]

    def state(self):
        """What its connections do, and how many transactions were given up: the server runs those again."""
        busy, given_up = self.psql("""
            SELECT string_agg(n || ' ' || what, ', ' ORDER BY n DESC) FROM (
                SELECT COUNT(*) AS n, COALESCE(state, '') || COALESCE(' (' || wait_event || ')', '') AS what
                FROM pg_stat_activity
                WHERE application_name = 'rollcall-server' AND state <> 'idle' GROUP BY 2) AS states;
            SELECT xact_rollback FROM pg_stat_database WHERE datname = 'rollcall'""").split("\n")[:2]
        return f"connections: {busy or 'all idle'}; {given_up} transactions given up so far"

    def stop(self):
        if self.folder.exists():
            self.call("pg_ctl", "-D", self.folder / "data", "-m", "fast", "stop")
            shutil.rmtree(self.folder)
