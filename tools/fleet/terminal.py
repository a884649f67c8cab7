"""A terminal of the fleet, and those who pass it."""

import asyncio
import json
import random
import time
import uuid

from client import Client
from school import uuid7

TELL_EVERY, BATCH = 60.0, 200


class Terminal:
    def __init__(self, fleet, number, token, people):
        self.fleet, self.people = fleet, people
        ports = fleet.servers.ports
        self.client = Client(ports[number % len(ports)], fleet.servers.authority, token)
        self.outbox, self.cursor, self.tag, self.boot = {}, None, None, str(uuid.uuid4())
        # When each passes: the sum of two even chances has most of them in the middle.
        self.arrivals = sorted(
            ((random.random() + random.random()) / 2 * fleet.seconds, person) for person in people)
        # A tenth has no network for a while.
        self.away = (0.0, 0.0)
        if random.random() < 0.1:
            begin = random.uniform(0.1, 0.6) * fleet.seconds
            self.away = (begin, begin + random.uniform(0.1, 0.25) * fleet.seconds)

    async def live(self):
        await asyncio.sleep(random.uniform(0, self.fleet.every))
        told, tries = -random.uniform(0, TELL_EVERY), 0
        while True:
            now = self.fleet.now()
            self.gather(now)
            if self.away[0] <= now < self.away[1]:
                self.client.hang_up()
                await asyncio.sleep(self.fleet.every)
                continue
            try:
                while self.outbox:
                    await self.send_marks()
                if now - told > TELL_EVERY:
                    await self.tell()
                    told = now
                tries = 0
            except (OSError, asyncio.TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
                self.fleet.note(error)
                self.client.hang_up()
                tries += 1
                await asyncio.sleep(random.uniform(0, min(60, 5 * 2 ** tries)))
                continue
            if not self.arrivals and not self.outbox:
                self.client.hang_up()
                return
            await asyncio.sleep(self.fleet.every)

    def gather(self, now):
        while self.arrivals and self.arrivals[0][0] <= now:
            at, person = self.arrivals.pop(0)
            moment = int((self.fleet.began + at) * 1000)
            made = uuid7(moment)
            self.outbox[made] = {
                "id": made, "person": person, "session": self.fleet.day, "at_ms": moment, "status": "present",
                "boot_id": self.boot, "boot_time_ns": int(at * 1e9), "clock": "synchronised", "shots": 3, "score": 0.5}
            self.fleet.made += 1

    async def send_marks(self):
        batch = list(self.outbox.values())[:BATCH]
        begin = time.monotonic()
        with self.fleet.asking():
            answer = await self.client.ask("POST", "/v1/terminal/marks", {"marks": batch})
        self.fleet.waits.append(time.monotonic() - begin)
        for result in answer["results"]:
            if result["result"] == "rejected":
                raise SystemExit(f"a mark was rejected: {result}")
            if self.outbox.pop(result["id"].lower(), None):
                self.fleet.acknowledged.append(result["id"].lower())

    async def tell(self):
        heartbeat = {
            "version": "0.1.0", "boot_id": self.boot, "uptime_s": 1, "camera": "running", "frames_delivered": 1,
            "frames_dropped": 0, "roster_people": len(self.people), "outbox_depth": len(self.outbox), "outbox_rejected": 0,
            "clock": "synchronised", "memory_bytes": 1, "roster_cursor": self.cursor}
        with self.fleet.asking():
            await self.client.ask("POST", "/v1/terminal/heartbeat", heartbeat)
            await self.pull()

    async def pull(self):
        """What has changed in the roster, page by page. Returns how many people came."""
        people = 0
        while True:
            query = f"?cursor={self.cursor}" if self.cursor else ""
            status, headers, content = await self.client.send("GET", "/v1/terminal/roster" + query, tag=self.tag)
            if status == 304:
                return people
            if status != 200:
                raise ValueError(f"status {status} for the roster")
            page = json.loads(content)
            # A tag belongs to its question: that of a page says nothing of the next one.
            self.tag = headers.get("etag") if page["cursor"] == self.cursor else None
            self.cursor = page["cursor"]
            people += len(page["people"])
            if not page["more"]:
                return people
