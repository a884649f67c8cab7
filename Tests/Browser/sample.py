"""The sample school: two classes with a month behind them, staff, doors, and two students whose names do harm to whoever
does not write them down properly."""

import datetime
import os
import random
import secrets
import sqlite3
import time
import uuid

from programs import ROOT, Refused, Server, Terminal

# By class; those of ENROLLED are recognised by the terminal.
STUDENTS = {
    "7b": ["Amara Lindqvist", "Ben Okafor", "Clara Weiss", "Daniel Moreau", "Emine Yildiz", "Felix Brandt", "Hana Sato",
           "Ivan Petrov", "Lena Hoffmann"],
    "8a": ["Marta Silva", "Noah Fischer", "Olga Nowak", "Paul Jansen", "<script>alert(1)</script>", "=cmd()"],
}
ENROLLED = {"Eileen Collins": "7b", "Grace Hopper": "7b", "Filippo Giunchedi": "8a"}
SCRIPT, FORMULA = STUDENTS["8a"][-2:]
ACCOUNTS = {
    "admin": "admin@school.example", "teacher": "teacher@school.example", "other teacher": "other@school.example",
    "student": "student@school.example", "script student": "script@school.example",
    "enrolled student": "enrolled@school.example",
}
DAYS = 15


def uuid7(moment):
    head = moment << 16 | 0x7000 | secrets.randbits(12)
    return str(uuid.UUID(int=head << 64 | 0b10 << 62 | secrets.randbits(62)))


class School:
    def __init__(self, home):
        self.home = home
        self.server = Server(home)
        self.password = secrets.token_urlsafe(18)
        self.people, self.classes, self.random = {}, {}, random.Random(7)
        self.terminal = None
        try:
            self.make_people()
            self.begin_earlier()
            self.make_doors()
            self.make_history()
        except BaseException:
            self.end()
            raise

    def log_in(self, who="admin"):
        answer = self.server.ask("POST", "/login", {"email": ACCOUNTS[who], "password": self.password})
        return answer["access_token"]

    def ask(self, method, path, body=None):
        return self.server.ask(method, path, body, self.token)

    def make_account(self, who, role, name, *more):
        self.server.command("user", "create", "--role", role, "--name", name, "--email", ACCOUNTS[who], *more,
                            given=self.password + "\n")

    def make_people(self):
        server = self.server
        self.make_account("admin", "admin", "Ruth Office")
        self.make_account("teacher", "teacher", "Tom Teacher")
        self.make_account("other teacher", "teacher", "Uma Other")
        for group in STUDENTS:
            for name in (name for name, its in ENROLLED.items() if its == group):
                server.command("enrol", "--consent", name, "--class", group,
                               str(ROOT / f"var/sample/enrol/{name}/portrait.jpg"))
        self.make_account("student", "student", STUDENTS["7b"][0], "--class", "7b")
        self.make_account("script student", "student", SCRIPT, "--class", "8a")
        server.start()
        self.token = self.log_in()
        for group, names in STUDENTS.items():
            for name in names:
                if name not in (STUDENTS["7b"][0], SCRIPT):
                    self.ask("POST", "/user/create", {"role": "student", "name": name, "class": group})
        for user in self.ask("GET", "/users?limit=200")["items"]:
            self.people[user["name"]] = user["id"]
        for group in self.ask("GET", "/classes")["items"]:
            self.classes[group["name"]] = group["id"]
        for group, teachers in (("7b", ["Tom Teacher"]), ("8a", ["Tom Teacher", "Uma Other"])):
            self.ask("PUT", f"/classes/{self.classes[group]}/teachers",
                     {"teachers": [self.people[name] for name in teachers]})
        # In this class nobody is late before ten.
        self.ask("PUT", f"/classes/{self.classes['8a']}", {"name": "8a", "present_until": "10:00", "absent_after": "12:00"})
        self.ask("PATCH", f"/users/{self.people['Grace Hopper']}", {"email": ACCOUNTS["enrolled student"]})
        server.command("user", "password", ACCOUNTS["enrolled student"], given=self.password + "\n")
        server.stop()

    def begin_earlier(self):
        """Everybody has been here for two months: the server closes the sessions since then as it would have."""
        since = self.now() - 60 * 86_400_000
        with sqlite3.connect(self.home / "rollcall.sqlite") as database:
            for statement in ("UPDATE people SET created_ms = ?", "UPDATE memberships SET since_ms = ?",
                              "UPDATE classes SET created_ms = ?"):
                database.execute(statement, (since,))
        self.server.start()
        self.token = self.log_in()

    def make_doors(self):
        add = lambda name: self.server.command("terminal", "add", name).strip().splitlines()[-1]
        self.south = add("south door")
        self.terminal = Terminal(self.home / "terminal", self.server, add("north door"))
        self.ask("POST", "/terminals", {"name": "library door"})
        gym = add("gym door")
        self.report(self.south)
        self.report(gym, camera="the camera /dev/video0 gives no pictures", outbox_depth=12, outbox_oldest_s=5400,
                    clock="unknown", outbox_alarm="the disk is full")

    def report(self, token, **more):
        self.server.ask("POST", "/v1/terminal/heartbeat", {
            "version": "0.1.0", "boot_id": str(uuid.uuid4()), "uptime_s": 7200, "camera": "running",
            "frames_delivered": 100_000, "frames_dropped": 12, "roster_people": 3, "outbox_depth": 0, "outbox_rejected": 0,
            "clock": "synchronised", "memory_bytes": 60_000_000, "time_ms": self.now(), **more}, token)

    @staticmethod
    def now():
        return int(time.time() * 1000)

    def seen(self, moment):
        """What a terminal says of whatever it saw at a moment."""
        day = (datetime.datetime.fromtimestamp(moment / 1000, datetime.timezone.utc) + self.server.ahead).date()
        return {"id": uuid7(moment), "session": day.isoformat(), "at_ms": moment, "boot_id": str(uuid.uuid4()),
                "boot_time_ns": 1, "clock": "synchronised", "shots": 3, "score": 7.5}

    def send(self, path, name, things):
        """Something that the south door sends."""
        for result in self.server.ask("POST", path, {name: things}, self.south)["results"]:
            if result["result"] != "accepted":
                raise Refused(f"{path}: {result}")

    def mark(self, *arrivals):
        """Marks of people by their names, each at a moment."""
        for begin in range(0, len(arrivals), 200):
            self.send("/v1/terminal/marks", "marks", [
                {**self.seen(moment), "person": self.people[name], "status": "present"}
                for name, moment in arrivals[begin : begin + 200]])

    def walk_by(self, names, reason, detail, moment):
        self.send("/v1/terminal/walk-bys", "walk_bys", [{
            **self.seen(moment), "people": [self.people[name] for name in names], "reason": reason, "detail": detail}])

    def school_days(self):
        """The last days with school before today, the newest first."""
        day, found = self.server.today(), []
        while len(found) < DAYS:
            day -= datetime.timedelta(1)
            if day.weekday() in self.server.weekdays:
                found.append(day)
        return found

    def make_history(self):
        everybody = [(name, group) for group, names in STUDENTS.items() for name in names] + list(ENROLLED.items())
        days, arrivals = self.school_days(), []
        for day in days:
            for name, _ in everybody:
                chance = self.random.random()
                if chance < 0.05:
                    continue
                hour, minutes = (8, (5, 50)) if chance > 0.92 else (7, (30, 59))
                arrivals.append((name, self.server.at(day, hour, self.random.randint(*minutes))))
        today = self.server.today()
        # Of today some have come; the rest is still to come, or excused.
        arrivals.append((STUDENTS["7b"][3], min(self.server.at(today, 8, 6), self.now())))
        for name in STUDENTS["7b"][:3] + STUDENTS["7b"][4:6] + STUDENTS["8a"][:3] + [SCRIPT]:
            arrivals.append((name, self.server.at(today, 7, self.random.randint(31, 58))))
        self.mark(*arrivals)
        first = STUDENTS["7b"][0]
        for person, day, status, reason in (
            (first, days[1], "absent", "was not in the lesson, only at the door"),
            (first, days[3], "present", "the door had no power in the morning"),
            (SCRIPT, days[2], "late", "came with the second bus"),
            (FORMULA, days[2], "present", "=1+1"),
        ):
            self.ask("POST", "/attendance/corrections", {
                "person": self.people[person], "session": day.isoformat(), "status": status, "reason": reason})
        for person, begin, last, reason in (
            (STUDENTS["7b"][7], today, today + datetime.timedelta(1), "flu, by letter of the parents"),
            (first, days[6], days[6], "at the dentist"),
        ):
            self.ask("POST", "/excuses", {
                "person": self.people[person], "first_day": begin.isoformat(), "last_day": last.isoformat(),
                "reason": reason})
        now = self.now()
        self.walk_by(["Filippo Giunchedi", "Grace Hopper"], "two_people_likely", "two people are about equally likely",
                     now - 300_000)
        self.walk_by(["Grace Hopper"], "suspicious", "the face does not move as one in front of the camera does",
                     now - 200_000)
        self.ask("PUT", f"/calendar/days-off/{today + datetime.timedelta(30)}", {"name": "Conference of the teachers"})

    def end(self):
        if self.terminal:
            self.terminal.stop()
        self.server.stop()
