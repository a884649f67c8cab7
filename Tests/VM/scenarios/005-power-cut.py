"""The machine is killed at 40 random moments while marks are written and sent: after each cut every mark that was told
durable is there in a sound file, and in the end the server has each mark once. SEED=NUMBER repeats a run's choices.

The boots between the cuts are short ones: Tests/VM/inside/power-cut is their init, and outbox-crash-child stands for the
daemon without its camera. The last boot is a whole one, and the real daemon sends what is left.

What a cut takes: the machine's memory, and of the disk what was written since its last flush to places that this boot had
not written before: qemu keeps where these are in its own memory until the flush, and each boot writes to a fresh layer.
What it does not take: single sectors of a write (the tests of the outbox have a file system that tears writes).
"""

import os
import random
import re
import subprocess
import time

from machine import Failure, eventually

KINDS = ["early"] * 10 + ["writing"] * 16 + ["checkpoint"] * 14
# Every so many cuts the terminal begins with an empty folder, so that the making of its files is cut as well.
FRESH = 10
# 1 January 1990: marks must not be in the future, and no two boots share a day.
FIRST_DAY, DAYS = 7305, 250
ID = "[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}"


class Port:
    """What the machine says on its port to the host, whole lines only."""

    def __init__(self, folder):
        path = folder / "port"
        path.write_text("")
        self.file, self.text, self.whole = open(path), "", []
        self.devices = ["-device", "virtio-serial", "-chardev", f"file,id=port,path={path}",
                        "-device", "virtserialport,chardev=port"]

    def lines(self):
        *whole, self.text = (self.text + self.file.read()).split("\n")
        self.whole += whole
        return self.whole

    def marks(self):
        return [line for line in self.lines() if re.fullmatch(ID, line)]

    def wait(self, what, look):
        def seen():
            found = look(self.lines())
            if any(line.startswith("failed") for line in self.whole):
                raise Failure(f"in the machine: {self.whole[-5:]}")
            return found
        return eventually(what, seen, within=60, every=0.003)


class Terminal:
    """The machine and what it has told. Each boot writes to a layer above its disk, which is folded in after the cut."""

    def __init__(self, machine):
        self.machine, self.disk, self.layer = machine, machine.disk, machine.folder / "layer.qcow2"
        # Every mark so far; those since the folder was empty; how many of these wait.
        self.told, self.here, self.waiting = set(), set(), 0
        self.untold = self.half_sent = 0

    def boot(self, *words):
        # Small clusters: of a large one a part would have been written before.
        subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", "-o", "cluster_size=4k", "-F", "qcow2", "-b", self.disk,
                        self.layer], check=True)
        self.machine.disk = self.layer
        self.port = Port(self.machine.folder)
        self.machine.boot("init=/opt/rollcall/power-cut", *words, wait=False, devices=self.port.devices)
        lines = self.port.wait("a look at what was left", lambda lines: "looked" in lines and lines)
        self.judge([line.removeprefix("left ") for line in lines[:lines.index("looked")]])
        if "cut.new" in words:
            self.here = set()

    def cut(self):
        """Returns whether a checkpoint was under way."""
        self.machine.cut_power()
        told = self.port.marks()
        if len(set(told)) != len(told) or self.told & set(told):
            raise Failure("a mark was told twice")
        self.told.update(told)
        self.here.update(told)
        subprocess.run(["qemu-img", "commit", "-q", self.layer], check=True)
        self.layer.unlink()
        self.machine.disk = self.disk
        return self.port.lines()[-1] == "checkpoint"

    def judge(self, left):
        """What the last cut has left: nothing but a sound file with the marks that were told, and at most one more, whose
        telling the cut has prevented."""
        if not self.here and "ok" in left and any("no such table" in line for line in left):
            return
        strange = [line for line in left[1:] if not re.fullmatch(rf"(pending|acknowledged)\|{ID}", line)]
        if left and left[0] != "ok" or strange:
            raise Failure(f"the file with {len(self.here)} marks is not as it should be: {left[:1] + strange[:5]}")
        rows = dict(reversed(line.split("|")) for line in left[1:])
        lost, more = self.here - set(rows), set(rows) - self.here
        if lost or len(more) > 1:
            raise Failure(f"of {len(self.here)} marks {len(lost)} are lost; {len(more)} are there that nobody was told of")
        self.untold += len(more)
        self.here |= more
        self.told |= more
        self.waiting = sum(state == "pending" for state in rows.values())
        self.half_sent += 0 < self.waiting < len(rows)


def order(chance):
    """The kinds in an order that can be: a new file has no checkpoint yet, and the last cut leaves marks behind."""
    kinds = list(KINDS)
    while "checkpoint" in kinds[::FRESH] or kinds[-1] == "early":
        chance.shuffle(kinds)
    return kinds


def wait_for_moment(kind, port, chance):
    port.wait("the terminal at work", lambda lines: "go" in lines)
    if kind == "early":
        time.sleep(chance.uniform(0, 2))
    elif kind == "writing":
        wanted = chance.randint(1, 120)
        port.wait(f"{wanted} marks", lambda lines: len(port.marks()) >= wanted)
        time.sleep(chance.uniform(0, 0.06))
    else:
        # Not the one of the file's opening.
        begin = len(port.wait("a mark", lambda lines: port.marks() and lines))
        port.wait("a checkpoint", lambda lines: "checkpoint" in lines[begin:])
        time.sleep(chance.choice([0, 0, 0.01]))


def check_server(terminal, school):
    marks = school.marks()
    ids = {mark["id"].upper() for mark in marks}
    keys = {(mark["person"], mark["session"]) for mark in marks}
    lost, others = terminal.told - ids, ids - terminal.told
    if lost or others or not len(marks) == len(ids) == len(keys):
        raise Failure(f"of {len(terminal.told)} marks the server lacks {len(lost)}; it has {len(marks)} rows, "
                      f"{len(ids)} ids, {len(keys)} pairs of person and session, {len(others)} marks that the terminal never had")


def check_daemon(machine):
    """The real one has sent what the cuts have left, without a fuss."""
    status = eventually("an empty outbox", lambda: (found := machine.status()) and found["outbox"]["depth"] == 0
                        and found["sync"]["state"] == "ok" and found, within=120, every=1)
    unit = machine.run("systemctl show -P NRestarts rollcalld").strip()
    if "alarm" in status["outbox"] or status["outbox"]["rejected"] or unit != "0":
        raise Failure(f"the daemon after the cuts: {status['outbox']}, {unit} restarts")


def scenario(machine, school):
    seed = os.environ.get("SEED") or str(time.time_ns() % 1_000_000)
    print(f"005-power-cut: SEED={seed}", flush=True)
    chance = random.Random(seed)
    terminal, inside, piled = Terminal(machine), 0, 0
    kinds = order(chance)
    for number, kind in enumerate(kinds):
        # Sometimes the server is away, so that marks pile up, and in the end, so that the daemon has some to send.
        if terminal.here and (number % FRESH in (4, 5, 6) or number > len(kinds) - 3):
            school.stop()
        elif not school.runs():
            school.start()
        terminal.boot(f"cut.day={FIRST_DAY + number * DAYS}", *["cut.new"] * (number > 0 and number % FRESH == 0))
        piled = max(piled, terminal.waiting)
        wait_for_moment(kind, terminal.port, chance)
        inside += terminal.cut()
    terminal.boot("cut.look")
    terminal.cut()
    left = terminal.waiting
    if inside < 4 or terminal.half_sent < 5 or left == 0:
        raise Failure(f"the cuts have missed: {inside} in a checkpoint, {terminal.half_sent} when some marks were sent and "
                      f"some not, {left} marks left for the daemon")

    school.start()
    machine.boot()
    check_daemon(machine)
    check_server(terminal, school)
    return (f"{len(kinds)} cuts, {inside} of them in a checkpoint; {len(terminal.told)} marks, each once on the server, "
            f"{terminal.untold} of them not told before the cut; {max(piled, left)} waited, the daemon sent the last {left}")
