"""Where a machine's time goes: the processors' by who uses them, the busiest thread's, the disk's."""

import os
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
# What a server's threads do, by the ends of their names.
THREADS = {"-qos.overcommit": "asks the database", "oot.default-qos": "answers requests", "NIO-ELT": "reads and writes"}


def fields(stat):
    """The numbers of a `stat` file of proc after the name, which may hold anything."""
    return stat.read_text().rsplit(")", 1)[1].split()


def processor_seconds(pid):
    """Of the process and of those of its children that have ended; 0 for one that has."""
    try:
        return sum(map(int, fields(Path(f"/proc/{pid}/stat"))[11:15])) / TICKS
    except OSError:
        return 0.0


def family(pids):
    """The processes and all that descend from them."""
    children = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                children.setdefault(int(fields(folder / "stat")[1]), []).append(int(folder.name))
            except OSError:
                pass
    found = list(pids)
    for pid in found:
        found += children.get(pid, [])
    return found


def threads(pids):
    """Seconds of each thread of the processes."""
    found = {}
    for pid in pids:
        for stat in Path(f"/proc/{pid}/task").glob("*/stat"):
            try:
                name = stat.read_text().split("(", 1)[1].rsplit(")", 1)[0]
                found[stat.parent.name, name] = sum(map(int, fields(stat)[11:13])) / TICKS
            except OSError:
                pass
    return found


class Usage:
    """Looks at the machine from time to time. Each look says what happened since the one before."""

    def __init__(self, folder, servers, database):
        self.servers, self.database = servers, database
        device = os.stat(folder).st_dev
        self.disk = Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}/stat")
        self.begin = self.before = self.read()

    def read(self):
        with open("/proc/stat") as stat:
            times = [int(each) / TICKS for each in stat.readline().split()[1:9]]
        return {
            "at": time.monotonic(), "all": sum(times), "idle": times[3] + times[4], "threads": threads(self.servers.pids()),
            "servers": self.servers.processor_seconds(), "database": sum(map(processor_seconds, family(self.database.pids()))),
            "load": sum(os.times()[:2]),
            "disk": int(self.disk.read_text().split()[9]) / 1000 if self.disk.exists() else 0.0}

    def look(self):
        """What each had of what there is, as shares: of all processors but for the disk and the threads."""
        now, before = self.read(), self.before
        self.before = now
        return self.shares(before, now)

    def whole(self):
        return self.shares(self.begin, self.read())

    @staticmethod
    def shares(before, now):
        there = max(now["all"] - before["all"], 0.01)
        took = max(now["at"] - before["at"], 0.01)
        used = {name: (now[name] - before[name]) / there for name in ("servers", "database", "load")}
        busy = 1 - (now["idle"] - before["idle"]) / there
        spent = {key: (seconds - before["threads"].get(key, 0)) / took for key, seconds in now["threads"].items()}
        busiest = max(spent, key=spent.get, default=("", ""))
        what = next((what for name, what in THREADS.items() if name in busiest[1]), busiest[1])
        return used | {
            "busy": busy, "others": max(0.0, busy - sum(used.values())), "thread": spent.get(busiest, 0.0),
            "thread_name": what, "program": (now["load"] - before["load"]) / took,
            "disk": (now["disk"] - before["disk"]) / took}


def words(share):
    return (f"processors {share['busy']:.0%} busy (servers {share['servers']:.0%}, database {share['database']:.0%}, "
            f"terminals {share['load']:.0%}, others {share['others']:.0%}); a server's busiest thread {share['thread']:.0%} "
            f"({share['thread_name']}); disk {share['disk']:.0%}")


def nearest_limit(share):
    """What had the least left, and how much of it was used."""
    mostly = max(("servers", "database", "load", "others"), key=share.get)
    names = {"servers": "the servers", "database": "the database", "load": "the terminals' own program",
             "others": "other programs of this machine"}
    limits = {
        f"the processors, mostly used by {names[mostly]} ({share[mostly]:.0%})": share["busy"],
        f"one thread of a server ({share['thread_name']}), which has one processor at most": share["thread"],
        "the terminals' own program, which has one processor at most": share["program"],
        "the disk": share["disk"]}
    first = max(limits, key=limits.get)
    return first, limits[first]
