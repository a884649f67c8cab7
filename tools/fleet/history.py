"""Years of a large school, the same rows for each database that is filled with them: who is there, ten million marks,
and what follows from them and was said about them."""

import datetime
import hashlib
import random
import secrets
import time
import uuid

import numpy

from school import DAY, MARKS, MODEL, RECORDS, Vault, templates

MARKED = 0.95
CLASS, DOORS, TEACHERS = 31, 100, 400


class History:
    def __init__(self, marks, people):
        self.people, self.days = people, self.school_days(round(marks / people / MARKED))
        ids = random.Random(7)

        def some(count):
            return [str(uuid.UUID(int=ids.getrandbits(128), version=4)) for _ in range(count)]

        self.students, self.doors, self.teachers = some(people), some(DOORS), some(TEACHERS)
        self.classes = some(people // CLASS + 1)
        self.admin = some(1)[0]
        self.tokens = ["rct_" + secrets.token_urlsafe(32) for _ in self.doors]
        # The year before last everybody was in the class below.
        self.summer = len(self.days) // 2

    @staticmethod
    def school_days(count):
        """So many days before today, and the midnights (UTC) at which they begin. Nobody has a weekend."""
        today = int(time.time() * 1000) // DAY
        first = datetime.date(1970, 1, 1)
        return [((first + datetime.timedelta(day)).isoformat(), day * DAY) for day in range(today - count, today)]

    def class_of(self, student, day):
        return f"class {(student // CLASS + (day >= self.summer)) % len(self.classes)}"

    def fill(self, backend, key_file):
        begin, summer, now = self.days[0][1] - DAY, self.days[self.summer][1] - DAY, int(time.time() * 1000)
        last = len(self.days)
        backend.insert(
            "terminals", ["id", "name", "token_hash", "created_ms", "registered_ms"],
            ((door, f"door {number:03}", hashlib.sha256(token.encode()).digest(), begin, begin)
             for number, (door, token) in enumerate(zip(self.doors, self.tokens))))
        backend.insert(
            "classes", ["id", "name", "created_ms"],
            ((each, f"class {number}", begin) for number, each in enumerate(self.classes)))
        backend.insert(
            "terminal_classes", ["terminal", "class"],
            ((self.doors[number % DOORS], each) for number, each in enumerate(self.classes)))
        staff = [(self.admin, "Office", "admin", "office@school.example")]
        staff += [(each, f"Teacher {number}", "teacher", f"teacher-{number}@school.example")
                  for number, each in enumerate(self.teachers)]
        columns = ["id", "name", "class", "created_ms", "revision", "role", "email", "consent_ms"]
        backend.insert(
            "people", columns,
            ((key, name, "", begin, number, role, email, None)
             for number, (key, name, role, email) in enumerate(staff, 1)))
        backend.insert(
            "people", columns,
            ((key, f"Person {secrets.token_hex(3)}", self.class_of(number, last), begin, len(staff) + 1 + number,
              "student", f"student-{number}@school.example", begin) for number, key in enumerate(self.students)))
        backend.run(f"UPDATE roster SET revision = {len(staff) + self.people}")
        backend.insert(
            "memberships", ["person", "since_ms", "class"],
            ((key, since, self.class_of(number, day)) for number, key in enumerate(self.students)
             for since, day in ((begin, 0), (summer, last))))
        backend.insert(
            "teaching", ["class", "teacher"],
            ((each, self.teachers[number % TEACHERS]) for number, each in enumerate(self.classes)))
        vault = Vault(key_file)
        backend.insert(
            "templates", ["id", "person", "sealed", "model", "quality", "created_ms"],
            ((str(uuid.uuid4()), key, vault.seal(face, key), MODEL, "none", begin)
             for key, face in zip(self.students, templates(self.people))))
        with backend.filling("marks"):
            backend.insert("marks", MARKS + ["voided_ms", "voided_by", "void_reason"], self.marks())
        with backend.filling("attendance"):
            backend.insert("attendance", RECORDS, self.records())
        for table, columns, rows in self.said(now):
            backend.insert(table, columns, rows)
        backend.settle()

    def sessions(self):
        """Day by day: its number, its date, and of each student a chance, the time of arrival and a number for ids."""
        for day, (date, midnight) in enumerate(self.days):
            numbers = numpy.random.default_rng([7, day])
            chances = numbers.random(self.people)
            moments = midnight + 27_000_000 + numbers.integers(0, 7_200_000, self.people)
            order = numpy.argsort(moments)
            yield day, date, zip(order.tolist(), chances[order].tolist(), moments[order].tolist(),
                                 numbers.integers(0, 2 ** 48, self.people).tolist())

    @staticmethod
    def id_of(moment, number):
        return f"{moment >> 16:08x}-{moment & 0xffff:04x}-7{number & 0xfff:03x}-8{number >> 12 & 0xfff:03x}-{number:012x}"

    def marks(self):
        for day, date, students in self.sessions():
            boots = [f"{day:08x}-{door:04x}-4000-8000-000000000000" for door in range(DOORS)]
            for student, chance, moment, number in students:
                if chance < MARKED:
                    person, door = self.students[student], student // CLASS % DOORS
                    # One in 20,000 has a time that nobody knows, one in 10,000 is void.
                    clock = "unknown" if chance < 0.00005 else "synchronised"
                    void = (moment, self.admin, "a test") if 0.0001 < chance < 0.0002 else (None, None, None)
                    yield (self.id_of(moment, number), f"{person} {date}", "terminal", self.doors[door], person, date, moment,
                           "present", clock, boots[door], moment % DAY * 1_000_000, 3, 0.5, moment + 200, *void)

    def records(self):
        for day, date, students in self.sessions():
            for student, chance, moment, number in students:
                person, group = self.students[student], self.class_of(student, day)
                if 0.0002 <= chance < MARKED:
                    late = "late" if chance > 0.9 else "present"
                    yield person, date, group, late, "mark", self.id_of(moment, number), moment
                elif chance > 0.99:
                    yield person, date, group, "excused", "excuse", None, None
                elif chance > MARKED:
                    yield person, date, group, "absent", "closing", None, None

    def said(self, now):
        """What staff have said, the ends of sessions, the audit trail, letters and logins."""
        excuses, corrections = [], []
        for day, date, students in self.sessions():
            for student, chance, moment, number in students:
                person = self.students[student]
                if chance > 0.99:
                    excuses.append((str(uuid.uuid4()), person, date, date, "ill", self.admin, moment))
                elif 0.945 < chance < 0.95 or chance < 0.00004:
                    mark = self.id_of(moment, number) if chance < 0.00004 else None
                    corrections.append((str(uuid.uuid4()), person, date, "present", "was there", mark, self.admin, moment))
        yield "excuses", ["id", "person", "first_day", "last_day", "reason", "made_by", "made_ms"], excuses
        yield "corrections", ["id", "person", "session", "status", "reason", "mark", "made_by", "made_ms"], corrections
        yield "audit", ["number", "at_ms", "actor", "action", "object", "detail", "digest"], (
            (number, row[-1], self.admin, "attendance.correct", row[1], "{}", bytes(32))
            for number, row in enumerate(excuses + corrections, 1))
        yield "closings", ["class", "session", "closed_ms", "waits_for"], (
            (f"class {number}", date, midnight + 43_200_000, "")
            # The server finds yesterday's still open.
            for date, midnight in self.days[:-1] for number in range(len(self.classes)))
        weeks = self.days[-1:-50:-5]
        yield "letters", ["id", "kind", "period", "recipient", "made_ms", "state", "tries", "next_try_ms", "sent_ms"], (
            (str(uuid.uuid4()), "weekly", date, person, midnight, "sent", 1, midnight, midnight)
            for date, midnight in weeks for person in self.students)
        logins = [(str(uuid.uuid4()), person) for person in self.students]
        yield "sessions", ["id", "person", "created_ms", "expires_ms"], (
            (login, person, now - DAY, now + DAY) for login, person in logins)
        yield "refresh_tokens", ["hash", "session", "created_ms", "used_ms"], (
            (secrets.token_bytes(32), login, now - DAY, used) for login, _ in logins for used in (now, None))
