"""A machine without a clock: marks get their true time once it is known, are sent flagged when it never was, and a clock that
jumps by two hours while it counts as synchronised loses, doubles and reorders nothing."""

import time

from door import play, seen_at, walk_by
from machine import Failure, eventually

IN_1970 = 300
# Seconds: how far a mark's time may lie from the host's, which knows it by the machine's boot clock.
CLOSE = 3
# Longer than a synchronised clock has to hold a new time to be believed while no server contradicts it.
PROBATION = 125
UNTRUSTING = "[clock]\ntrust_server = false\n"


def clock(machine, verb, seconds):
    machine.python("clock.py", verb, seconds)


def wait_for_clock(machine, state):
    eventually(f"clock {state} on /status", lambda: (machine.status() or {}).get("clock") == state, within=60)


def entry_of(school, entry):
    """The server's mark of an entry of the journal; None while it has not come."""
    return {mark["id"]: mark for mark in school.marks()}.get(entry["ROLLCALL_MARK"])


def require(condition, what):
    if not condition:
        raise Failure(what)


def require_flagged(school, entry):
    mark = entry_of(school, entry)
    require(mark["clock"] == "unknown" and mark["status"] is None, f"a mark without a known time came as {mark}")
    row = [line for line in school.command("marks", "list").splitlines() if mark["name"] in line and "to review" in line]
    require(len(row) == 1, f"the server does not ask for a review: {school.command('marks', 'list')}")


def require_true(school, entry, seen, trust):
    """How far the mark's time is from the truth, in seconds."""
    mark = entry_of(school, entry)
    away = mark["at_ms"] / 1000 - seen
    require(mark["clock"] == trust, f"the clock of {mark['name']}'s mark is {mark['clock']} instead of {trust}")
    require(abs(away) <= CLOSE, f"{mark['name']} was marked {away:+.1f} s from the truth")
    require(mark["status"] is not None and mark["decides"], f"a mark with a known time decides nothing: {mark}")
    return abs(away)


def never_known(machine, school):
    """A boot that never learns the time: nothing is sent while it lasts. Returns the mark's entry of the journal."""
    machine.boot()
    eventually("the roster", lambda: (machine.status() or {}).get("roster", {}).get("cursor"), within=120)
    clock(machine, "lost", IN_1970)
    machine.configure(UNTRUSTING)
    flagged = walk_by(machine, "grace")
    require("the clock is not known" in flagged["MESSAGE"], f"the journal does not say that the time is a guess: {flagged['MESSAGE']}")
    wait_for_clock(machine, "unknown")
    require(machine.status()["outbox"]["depth"] == 1, f"the mark does not wait: {machine.status()['outbox']}")
    machine.switch_off()
    require(not school.marks(), "a mark of an unknown time was sent before its boot was over")
    return flagged


def known_later(machine, school, flagged):
    """A boot in 1970 whose clock is set after somebody has passed. Returns the entry and when that was."""
    machine.boot(clock="1970-01-01T00:00:00")
    require(float(machine.run("date +%s")) < time.time() - 86400, "the machine knows the time at boot")
    waiting = walk_by(machine, "eileen")
    seen = seen_at(machine, waiting)
    refusal = [entry["MESSAGE"] for entry in machine.journal("-b", "-p", "warning") if "not valid yet" in entry["MESSAGE"]]
    require(refusal, "the journal does not say that a clock in the past cannot trust the server's certificate")
    require(machine.status()["outbox"]["depth"] == 2, f"marks are missing in the outbox: {machine.status()['outbox']}")
    require(not school.marks(), "marks reached the server through a certificate that is not valid yet")

    clock(machine, "to", time.time())
    eventually("both marks on the server", lambda: len(school.marks()) == 2, within=240, every=2)
    require_flagged(school, flagged)
    return waiting, seen


def jumps(machine, school):
    """The clock jumps forwards and backwards, and somebody passes each time. Returns the entries and when that was."""
    machine.configure("")
    wait_for_clock(machine, "synchronised")
    passed = []

    def pass_by(person):
        entry = walk_by(machine, person)
        passed.append((entry, seen_at(machine, entry)))

    clock(machine, "by", 7200)
    time.sleep(PROBATION)
    # Who has a mark gets no other one.
    identified = machine.status()["recognition"]["identified"]
    play(machine, "eileen")
    eventually("eileen again", lambda: machine.status()["recognition"]["identified"] > identified, within=150, every=1)
    pass_by("filippo")
    clock(machine, "by", -2 * 7200)
    pass_by("grace")
    clock(machine, "to", time.time())
    eventually("all marks on the server", lambda: all(entry_of(school, entry) for entry, _ in passed), within=240, every=2)
    return passed


def scenario(machine, school):
    school.start()
    flagged = never_known(machine, school)
    waiting, seen = known_later(machine, school, flagged)
    farthest = require_true(school, waiting, seen, "synchronised")
    passed = jumps(machine, school)
    farthest = max(farthest, *(require_true(school, *each, "synchronised") for each in passed))

    decided = [mark["name"] for mark in sorted(school.marks(), key=lambda mark: mark["at_ms"]) if mark["clock"] != "unknown"]
    require(decided == ["Eileen Collins", "Filippo Giunchedi", "Grace Hopper"], f"the server has {decided}, in this order")
    require(len(school.marks()) == 4, f"the server has {school.names()}")
    ends = machine.status()
    require(ends["outbox"]["depth"] == 0 and ends["outbox"]["rejected"] == 0, f"the outbox at the end: {ends['outbox']}")
    return f"true times within {farthest:.1f} s; one mark flagged; three in their order over jumps of 2 h"
