"""A thread of the daemon hangs: systemd starts it anew within its watchdog's time, and marks are taken again. While the sync
hangs, marks are taken all the same."""

import time

from door import marks, play, walk_by
from machine import ROOT, Failure, eventually

# Seconds: WatchdogSec= and RestartSec= of the unit, and how long the daemon gives a stage before it petts no more.
WATCHDOG, RESTART, PATIENCE = 60, 2, 30
# For a round of the main thread, the end of a process and the start of the next one under emulation.
SLACK = 5
STALLED = "MESSAGE_ID=b32f6ffd07504215be68c180d58dc9e3"


def require(condition, what):
    if not condition:
        raise Failure(what)


def unit(machine, *properties):
    text = machine.run(f"systemctl show rollcalld {' '.join('-p ' + each for each in properties)}")
    return dict(line.split("=", 1) for line in text.splitlines())


def hang(machine, thread, function):
    """When the thread began to hang, on the machine's monotonic clock."""
    return float(machine.python("hang.py", thread, function))


def restarted(machine, hung, bound):
    """Waits for the next process of the daemon; the seconds from the hang to its start."""
    def started():
        at = int(unit(machine, "ExecMainStartTimestampMonotonic")["ExecMainStartTimestampMonotonic"]) / 1e6
        return at if at > hung else None

    took = eventually("a new process", started, within=bound + 60) - hung
    require(took <= bound, f"the new process came {took:.1f} s after the hang instead of {bound} s")
    said = [entry["MESSAGE"] for entry in machine.journal("-b", "-p", "err") if monotonic(entry) > hung]
    require(any("Watchdog timeout" in line for line in said), f"the watchdog did not do it: {said}")
    return took


def monotonic(entry):
    return int(entry["__MONOTONIC_TIMESTAMP"]) / 1e6


def require_named(machine, stage, hung, until):
    """The journal must have said which stage stands, once, and before the end of the process."""
    said = [entry for entry in machine.journal("-b", STALLED) if hung < monotonic(entry) < until]
    require(len(said) == 1 and said[0].get("ROLLCALL_STAGE") == stage and said[0]["MESSAGE"].startswith(f"{stage} has made no"),
            f"the journal does not name {stage}: {[entry['MESSAGE'] for entry in said]}")


def capture_hangs(machine):
    play(machine)
    hung = hang(machine, "capture", "poll")
    took = restarted(machine, hung, WATCHDOG + PATIENCE + RESTART + SLACK)
    require_named(machine, "capture", hung, hung + took)
    walk_by(machine, "eileen")
    return took


def outbox_hangs(machine):
    """The thread hangs inside of SQLite with the outbox's lock, in the middle of storing a mark; the main thread waits for it
    and can name nobody."""
    before = set(marks(machine))
    play(machine, "grace")
    hung = hang(machine, "capture", "sqlite3_step")
    took = restarted(machine, hung, WATCHDOG + RESTART + SLACK)
    require(set(marks(machine)) == before, "a mark was told that was not stored")
    walk_by(machine, "grace")
    return took


def sync_hangs(machine, school):
    hung = hang(machine, "sync", "poll")
    entry = walk_by(machine, "filippo")
    require(machine.status()["outbox"]["depth"] == 1, f"the mark is not in the outbox: {machine.status()['outbox']}")
    require(entry["ROLLCALL_MARK"] not in {mark["id"] for mark in school.marks()}, "the sync does not hang")
    took = restarted(machine, hung, WATCHDOG + PATIENCE + RESTART + SLACK)
    require(monotonic(entry) < hung + took, "the mark was taken only after the restart")
    require_named(machine, "sync", hung, hung + took)
    walk_by(machine, "stranger")
    return took


def scenario(machine, school):
    school.command("enrol", "--consent", "Christophe Henner", "--class", "7b", str(ROOT / "var/portraits/christophe_henner.jpg"))
    school.start()
    machine.boot()
    play(machine)
    eventually("the roster", lambda: (machine.status() or {}).get("roster", {}).get("people") == 4, within=120)
    require(unit(machine, "WatchdogUSec", "RestartUSec") == {"WatchdogUSec": "1min", "RestartUSec": "2s"}, "the unit has other times")
    took = [capture_hangs(machine), outbox_hangs(machine), sync_hangs(machine, school)]
    wanted = ["Christophe Henner", "Eileen Collins", "Filippo Giunchedi", "Grace Hopper"]
    eventually(f"the marks of {wanted} on the server", lambda: school.names() == wanted, within=120, every=2)
    time.sleep(10)
    require(school.names() == wanted, f"the server has {school.names()}")
    require(unit(machine, "NRestarts")["NRestarts"] == "3", "the daemon was restarted at other times too")
    return "from the hang to the new process: capture {:.0f} s, outbox {:.0f} s, sync {:.0f} s".format(*took)
