"""The server is away, fails, is slow and lies, and people pass meanwhile: nothing is lost, and all arrives once it is back.

A simulated day of it, and the return of a thousand terminals, are in Tests/TerminalTests/Sync."""

import time

from door import walk_by
from liar import Liar
from machine import Failure, eventually

# What is wrong with the server, the cases of behaviours.py, and what /status may say of it.
PHASES = [
    ("failing", ["status_500", "busy", "reset"], ("server", )),
    ("slow", ["silent", "drip"], ("slow", "time")),
    ("lying", ["foreign_acks", "empty_receipt", "deep_json", "lying_length", "status_204", "endless_body", "gzip_bomb"], ("reply", )),
]
# Longest pause between attempts, the slowest round under emulation after it.
RETURN = 300 + 60


def memory(machine):
    return machine.status()["memory"]["resident_bytes"] / 1e6


def failing(machine, words):
    """What /status says of the server, once it is one of these words."""
    def look():
        sync = (machine.status() or {}).get("sync", {})
        return sync.get("state") == "failing" and any(word in sync["last_error"] for word in words) and sync["last_error"]
    return eventually(f"a failing server on /status ({words})", look, within=240, every=1)


def scenario(machine, school):
    school.start()
    machine.boot()
    eventually("the roster", lambda: (machine.status() or {}).get("roster", {}).get("people") == 3, within=60)
    school.stop()
    first = walk_by(machine, "eileen")
    said = [failing(machine, ["not reachable"])]
    before = memory(machine)
    for name, cases, words in PHASES:
        liar = Liar(school.folder / "tls", cases)
        # An attempt is not to be waited for: after a restart it comes at once. The first phase goes on as it is.
        machine.restart_daemon()
        eventually(f"{len(cases)} requests to a {name} server", lambda: liar.requests >= len(cases), within=300)
        said.append(failing(machine, words))
        if machine.status()["outbox"]["depth"] < 1:
            raise Failure(f"a {name} server took a mark out of the outbox")
        if name == "lying":
            second = walk_by(machine, "grace")
            grown = memory(machine) - before
        liar.stop()
    failures = [entry for entry in machine.journal("-b", "-p", "warning") if "server: " in entry["MESSAGE"]]
    school.start()
    back = time.monotonic()
    eventually("both marks on the server", lambda: school.names() == ["Eileen Collins", "Grace Hopper"], within=RETURN, every=2)
    took = time.monotonic() - back
    wanted = {entry["ROLLCALL_MARK"] for entry in (first, second)}
    if {mark["id"] for mark in school.marks()} != wanted:
        raise Failure(f"the server has other marks than {wanted}")
    # The roster and the heartbeat have pauses of their own, as long as that of the marks at most.
    eventually("a server that is well on /status", lambda: machine.status()["sync"]["state"] == "ok", within=RETURN)
    well = time.monotonic() - back
    return (f"2 marks arrived {took:.0f} s after its return, all is well after {well:.0f} s; {len(failures)} warnings; {grown:+.1f} MB; said: "
            + " | ".join(line[:60] for line in said))
