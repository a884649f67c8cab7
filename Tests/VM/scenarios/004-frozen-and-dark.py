"""A device that stops delivering, one that repeats the same frame, one that is black: each is named within 10 s."""

from door import CORRIDOR, CUT
from machine import Failure, eventually

# Nobody is there: a face would keep the emulation busy for longer than the times that are measured.
FEED = f"/usr/bin/python3 /opt/rollcall/feed.py /dev/video9 {CORRIDOR} --rate 2"
# State on /status: what brings it about, and what the journal must say.
FAULTS = [
    ("no_frames", "systemctl kill -s STOP feed", "no frame from the camera"),
    ("frozen", f"systemctl stop feed; systemd-run -q --unit feed -- {FEED} --still 0", "same picture again and again"),
    ("dark", f"systemctl stop feed; systemd-run -q --unit feed -- {FEED} --times 0 --black", "pictures are dark"),
]


def camera(machine):
    return (machine.status() or {}).get("camera", {})


def scenario(machine, school):
    machine.boot()
    machine.run(CUT)
    measured = []
    for state, cause, words in FAULTS:
        machine.ssh("systemctl kill -s KILL feed; systemctl stop feed; systemctl reset-failed feed")
        machine.run(f"systemd-run -q --unit feed -- {FEED} --times 0")
        eventually("a camera that is well", lambda: camera(machine).get("state") == "ok", within=40)
        machine.run(f"logger -t scenario {state}; {cause}")
        eventually(f"{state} on /status", lambda: camera(machine).get("state") == state, within=15, every=0.3)
        seen = camera(machine)
        if words not in seen.get("reason", ""):
            raise Failure(f"{state}: /status says {seen}")
        # With the first picture of a faulty feed; a silent one begins with the command.
        told = [e for e in machine.entries("-t", "scenario")]
        first = next(i for i, e in enumerate(told) if e["MESSAGE"] == state)
        began = next((e for e in told[first:] if e["MESSAGE"] == "fault"), told[first])
        named = [e for e in machine.journal() if e.get("ROLLCALL_CAMERA_STATE") == state]
        if not named or words not in named[0]["MESSAGE"]:
            raise Failure(f"{state}: the journal does not name it")
        took = (int(named[0]["__REALTIME_TIMESTAMP"]) - int(began["__REALTIME_TIMESTAMP"])) / 1e6
        if took > 10:
            raise Failure(f"{state}: named only after {took:.1f} s")
        if len(named) != 1:
            raise Failure(f"{state}: {len(named)} lines of the journal")
        doctor = machine.ssh("rollcallctl doctor").stdout.decode()
        if words not in doctor:
            raise Failure(f"{state}: rollcallctl doctor does not name it: {doctor}")
        measured.append(f"{state} {took:.1f} s")
    return ", ".join(measured)
