"""The server's own statements, out of PostgreSQL's log, and what the databases do with them."""

import json
import random
import re
import sqlite3
import statistics
import time

# A query's time on SQLite is the median of so many runs, with values that the server gave.
SAMPLES = 30
KINDS = re.compile(r"(WITH|SELECT|INSERT|UPDATE|DELETE)\b")
# What the server asks PostgreSQL about itself.
ITS_OWN = ("set_config", "pg_", "schema_version")
LINE = re.compile(r"duration: ([\d.]+) ms  (bind|execute) \S+: (.*)", re.S)
VALUE = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')")


class Statement:
    def __init__(self, text):
        self.text, self.calls = text, 0
        self.times = {"bind": [], "execute": []}
        self.values = []

    @property
    def shape(self):
        """The text without the lengths of its lists: a list of 64 and one of 8 are one query."""
        short = re.sub(r"\$\d+(, \$\d+)+", "$…", self.text)
        return " ".join(re.sub(r"(\(\$…\))(, \(\$…\))+", r"\1, …", short).split())

    def add(self, step, milliseconds, detail):
        self.times[step].append(milliseconds)
        if step == "execute":
            self.calls += 1
            place = len(self.values) if len(self.values) < SAMPLES else random.randrange(self.calls)
            if place < SAMPLES:
                self.values[place:place + 1] = [[value for _, value in VALUE.findall(detail)]]

    def postgres_time(self):
        return sum(statistics.median(times) for times in self.times.values() if times)

    def postgres_plan(self, backend):
        """The plan that a prepared statement settles on: the sixth time it may be one for all values."""
        lines = [f"PREPARE q AS {self.text};"]
        for values in (self.values * 7)[:7]:
            lines.append(f"EXPLAIN (COSTS OFF) EXECUTE q{'(' + ', '.join(values) + ')' if values else ''};\n\\echo")
        return backend.psql("\n".join(lines)).strip().split("\n\n")[-1].split("\n")

    def sqlite_plan(self, database):
        return [f"{'  ' * depth}{detail}" for depth, detail in self.steps(database)] or ["looks for nothing"]

    def steps(self, database):
        depths = {0: -1}
        for key, parent, _, detail in database.execute("EXPLAIN QUERY PLAN " + self.text, self.bound(self.values[0])):
            depths[key] = depths.get(parent, -1) + 1
            yield depths[key], detail

    def sqlite_time(self, database):
        """Milliseconds; nothing for what cannot be done twice."""
        times = []
        for values in self.values:
            begin = time.perf_counter()
            try:
                database.execute(self.text, self.bound(values)).fetchall()
            except sqlite3.IntegrityError:
                continue
            finally:
                took = time.perf_counter() - begin
                database.rollback()
            times.append(1000 * took)
        return statistics.median(times) if times else None

    @staticmethod
    def bound(values):
        """PostgreSQL writes every value as text; SQLite takes `$1` as a name."""
        return {str(number): None if value == "NULL" else plain(value[1:-1].replace("''", "'"))
                for number, value in enumerate(values, 1)}


def plain(text):
    if text.startswith("\\x"):
        return bytes.fromhex(text[2:])
    return int(text) if re.fullmatch(r"-?\d{1,18}", text) else text


def read(log):
    """The statements of the server in a log of PostgreSQL (jsonlog)."""
    found = {}
    with open(log) as lines:
        for line in lines:
            entry = json.loads(line)
            if entry.get("application_name") != "rollcall-server":
                continue
            match = LINE.match(entry.get("message", ""))
            if match and KINDS.match(match[3]) and not any(word in match[3] for word in ITS_OWN):
                statement = found.setdefault(match[3], Statement(match[3]))
                statement.add(match[2], float(match[1]), entry.get("detail", ""))
    return [statement for statement in found.values() if statement.calls]


def scanned(plan, text, large):
    """The large tables that a plan reads from one end to the other without an index."""
    if re.fullmatch(r"SELECT [\w, ]+ FROM \w+ LIMIT \d+", text):
        # Any row will do.
        return []
    names = {name: name for name in large}
    for name in large:
        names |= {alias: name for alias in re.findall(rf"\b{name} (?:AS )?(\w+)", text)}
    found = set()
    for line in plan:
        if match := re.search(r"Seq Scan on (\w+)", line) or re.match(r" *SCAN (?:TABLE )?(\w+)(?!.*USING)", line):
            found.add(names.get(match[1]))
    return sorted(found - {None})
