"""People who walk past the machine's camera, and the empty corridor in between."""

import time

from machine import eventually

FEED = "/usr/bin/python3 /opt/rollcall/feed.py /dev/video9"
CLIPS = "/opt/rollcall"
# The first four frames of every clip, of 320x240 pixels and six bytes in front of them.
CORRIDOR = "/run/corridor.y4m"
CUT = f"f={CLIPS}/stranger.y4m; head -c $(($(head -1 $f | wc -c) + 4 * (320 * 240 * 3 / 2 + 6))) $f >{CORRIDOR}"
MARK_RECORDED = "MESSAGE_ID=83cdd04dfc8e4e88a716f7e876b735fe"


def play(machine, person=None):
    """The camera sees this person pass again and again, at the pace of the daemon's looks, or the corridor."""
    clip = f"{CLIPS}/{person}.y4m --looks 1" if person else f"{CORRIDOR} --rate 2"
    machine.ssh("systemctl stop feed; systemctl reset-failed feed")
    machine.run(f"test -f {CORRIDOR} || {{ {CUT}; }}; systemd-run -q --unit feed -- {FEED} {clip} --times 0")


def marks(machine):
    """The journal's entries of marks of this boot, by their ids."""
    return {entry["ROLLCALL_MARK"]: entry for entry in machine.journal("-b", MARK_RECORDED)}


def walk_by(machine, person, within=150):
    """This person passes until there is a mark; the journal's entry of it."""
    eventually("the daemon", machine.status, 150)
    before = marks(machine)
    play(machine, person)
    new = eventually(f"a mark for {person}",
                     lambda: [entry for mark, entry in marks(machine).items() if mark not in before], within, every=1)
    play(machine)
    return new[0]


def started_at(machine):
    """The host's time at which the machine's boot clock began."""
    before = time.time()
    uptime = float(machine.run("cat /proc/uptime").split()[0])
    return (before + time.time()) / 2 - uptime


def seen_at(machine, entry):
    """When the person of a mark was first seen well, by the host's clock."""
    recorded = started_at(machine) + int(entry["__MONOTONIC_TIMESTAMP"]) / 1e6
    return recorded - int(entry["ROLLCALL_LATENCY_MS"]) / 1000
