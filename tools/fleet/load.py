"""A short time of a large school, for the queries that come of it: terminals with marks, and staff who look at
everything."""

import asyncio
import random
import time
import uuid

from client import Client
from history import CLASS, DOORS
from school import uuid7

PASSWORD = "a password for a test"


class Load:
    def __init__(self, servers, history, seconds):
        self.servers, self.history, self.end = servers, history, time.monotonic() + seconds
        self.sent = []

    async def play(self):
        doors = [self.door(number) for number in range(DOORS)]
        staff = [self.staff(address) for address in ("office", "teacher-3", "student-9", "office", "teacher-4")]
        await asyncio.gather(*doors, *staff)

    async def door(self, number):
        client = Client(self.servers.ports[0], self.servers.authority, self.history.tokens[number])
        students = [key for place, key in enumerate(self.history.students) if place // CLASS % DOORS == number]
        boot, cursor, tag = str(uuid.uuid4()), None, None
        while time.monotonic() < self.end:
            marks = [self.mark(random.choice(students), boot) for _ in range(random.randint(1, 4))]
            unknown = marks[0] | {"clock": "unknown"}
            await client.ask("POST", "/v1/terminal/marks", {"marks": [unknown, *marks[1:]]})
            # Most come once; some answers are lost, and some learn the time later.
            if random.random() < 0.2:
                await client.ask("POST", "/v1/terminal/marks", {"marks": marks})
            self.sent += [mark["id"] for mark in marks]
            await client.ask("POST", "/v1/terminal/heartbeat", {
                "version": "0.1.0", "boot_id": boot, "uptime_s": 1, "camera": "running", "frames_delivered": 1,
                "frames_dropped": 0, "roster_people": 1, "outbox_depth": 0, "outbox_rejected": 0,
                "clock": "synchronised", "memory_bytes": 1, "roster_cursor": cursor})
            status, headers, content = await client.send(
                "GET", "/v1/terminal/roster" + (f"?cursor={cursor}" if cursor else ""), tag=tag)
            if status == 200:
                tag = headers["etag"] if cursor else None
                cursor = content.split(b'"cursor":"', 1)[1].split(b'"', 1)[0].decode()
            await asyncio.sleep(random.uniform(0.5, 1.5))
        client.hang_up()

    @staticmethod
    def mark(person, boot):
        now = time.time()
        return {"id": uuid7(int(now * 1000)), "person": person, "session": time.strftime("%Y-%m-%d", time.gmtime(now)),
                "at_ms": int(now * 1000), "status": "present", "boot_id": boot, "boot_time_ns": int(now * 1e9), "shots": 3,
                "clock": "synchronised", "score": 0.5}

    async def staff(self, name):
        client = Client(self.servers.ports[0], self.servers.authority)
        grant = await client.ask("POST", "/login", {"email": f"{name}@school.example", "password": PASSWORD})
        client.token = grant["access_token"]
        while time.monotonic() < self.end:
            for path in self.paths(name):
                await self.read(client, path)
            if not name.startswith("student"):
                await self.decide(client, name)
            grant = await client.ask("POST", "/refresh", {"refresh_token": grant["refresh_token"]})
            client.token = grant["access_token"]
        client.hang_up()

    def taught(self, name):
        """A class and one of its students, of those that this teacher teaches."""
        number = int(name.split("-")[1]) if name.startswith("teacher") else random.randrange(len(self.history.classes))
        place = (number - 1) % len(self.history.classes) * CLASS
        return number, self.history.students[place]

    def paths(self, name):
        history = self.history
        number, student = self.taught(name)
        old, recent = history.days[len(history.days) // 3][0], history.days[-5][0]
        # Of which the database's statistics say nothing yet.
        today = time.strftime("%Y-%m-%d", time.gmtime())
        everybody = ["/users/me", "/calendar", "/calendar/days-off", "/attendance", f"/attendance?from={old}&to={recent}"]
        if name.startswith("student"):
            return everybody
        teachers = [
            "/classes", f"/attendance/student/{student}", f"/attendance/student/{student}?from={old}",
            f"/attendance/{history.classes[number]}", f"/attendance/{history.classes[number]}?from={old}&to={recent}",
            "/attendance/sessions", f"/attendance/sessions?date={recent}", f"/attendance/corrections?person={student}",
            f"/excuses?person={student}", f"/excuses?from={old}&to={old}", "/marks", f"/marks?person={student}",
            f"/marks?date={recent}", f"/marks?date={today}", "/marks?review=true", f"/users/{student}",
            f"/attendance/{history.classes[number]}?from={today}",
            f"/attendance/export?from={recent}&to={recent}&class=class%20{number}"]
        if name.startswith("teacher"):
            return everybody + teachers + ["/attendance?of=students", f"/attendance?of=students&from={old}&to={recent}"]
        return everybody + teachers + [
            "/attendance/all", f"/attendance/all?from={old}&to={recent}", "/users", "/users?role=teacher",
            f"/users?class=class%20{number}", "/users?search=person%20a", "/users?search=student-77", "/terminals",
            "/terminals/attention", "/excuses", f"/audit?object={student}", "/audit", "/letters", "/letters?state=failed"]

    async def read(self, client, path):
        """The first pages."""
        pages, query = 0, path
        while pages < 3:
            status, headers, content = await client.send("GET", query)
            if status != 200:
                raise SystemExit(f"{query}: status {status}: {content.decode()}")
            pages += 1
            if b'"next":"' not in content:
                return
            cursor = content.split(b'"next":"', 1)[1].split(b'"', 1)[0].decode()
            query = f"{path}{'&' if '?' in path else '?'}cursor={cursor}"

    async def decide(self, client, name):
        _, student = self.taught(name)
        day = random.choice(self.history.days[-300:])[0]
        await client.ask("POST", "/attendance/corrections", {
            "person": student, "session": day, "status": "present", "reason": "was there"})
        excuse = await client.ask("POST", "/excuses", {"person": student, "first_day": day, "last_day": day, "reason": "ill"})
        await client.ask("DELETE", f"/excuses/{excuse['id']}")
        if name == "office":
            mark = random.choice(self.sent)
            await client.send("POST", f"/marks/{mark}/void", {"reason": "a test"})
            await client.ask("PATCH", f"/users/{student}", {"age": random.randint(6, 18)})
