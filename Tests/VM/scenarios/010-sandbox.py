"""The units' exposure; what the terminal cannot do although its camera works; where its secrets are and are not."""

import re
import shlex

from door import play
from machine import Failure, ROOT, eventually

EXPOSURES = {"rollcalld": 1.5, "rollcall-server": 2.0}
PROBE = "/run/systemd/system/rollcalld.service.d/probe.conf"
# In the daemon itself, by a debugger: a socket of its own, and whether it may listen on it.
LISTEN = ["call (int)socket(2, 1, 0)", "call (int)listen($1, 1)", "print *(int *)__errno_location()"]
EPERM = 1
# What the sandbox does not refuse but hide.
HIDDEN = ("read a home", "read the other processes")


def exposures(machine):
    machine.write("/run/systemd/system/rollcall-server.service", (ROOT / "systemd/rollcall-server.service").read_text())
    machine.run("systemctl daemon-reload")
    found = {}
    for unit, most in EXPOSURES.items():
        report = machine.ssh(f"systemd-analyze security --no-pager {unit}").stdout.decode()
        found[unit] = float(re.search(r"Overall exposure level for .*: ([\d.]+)", report)[1])
        if found[unit] > most:
            raise Failure(f"the exposure of {unit} is {found[unit]}, more than {most}")
    return found


def secrets(machine):
    """The daemon's secrets: only in its credentials."""
    token = machine.run("cat /etc/rollcall/token").strip()
    places = {
        "the environment": "tr '\\0' '\\n' < /proc/$pid/environ",
        "the command line": "tr '\\0' ' ' < /proc/$pid/cmdline",
        "the journal": "journalctl -b --no-pager -o export",
        "/status": "curl -fsS http://127.0.0.1:8470/status http://127.0.0.1:8470/metrics",
        "the unit's properties": "systemctl show rollcalld",
    }
    for place, look in places.items():
        text = machine.run(f"pid=$(systemctl show -P MainPID rollcalld); {look}")
        if not text or token in text or "TOKEN" in text:
            raise Failure(f"the token is in {place}, or that cannot be looked at")
    modes = machine.run("stat -c '%a %U' /etc/rollcall/token /etc/rollcall/template-key").split("\n")[:2]
    if modes != ["600 root"] * 2:
        raise Failure(f"token and key on the disk are {modes}")
    credentials = machine.run("ls /run/credentials/rollcalld.service").split()
    if credentials != ["template-key", "token"]:
        raise Failure(f"the credentials are {credentials}")
    # Templates on the disk are sealed: the names of people may be there, their descriptors not.
    user = machine.run("stat -c %U /proc/$(systemctl show -P MainPID rollcalld)").strip()
    account = machine.run(f"getent passwd {user}").strip().split(":")
    if user != "_rollcall" or account[-1] != "/usr/sbin/nologin":
        raise Failure(f"the daemon runs as {user}, which is no user of its own: {account}")


def listening(machine):
    """Only the status endpoint, and no way to another."""
    sockets = machine.run("ss -Hltnp | grep rollcalld").strip().split("\n")
    if len(sockets) != 1 or "127.0.0.1:8470" not in sockets[0]:
        raise Failure(f"it listens at {sockets}")
    udp = machine.ssh("ss -Hlunp | grep rollcalld").stdout.decode().strip()
    if udp:
        raise Failure(f"it listens at {udp}")
    words = " ".join(f"-ex {shlex.quote(each)}" for each in LISTEN)
    said = machine.run(f"gdb -q -batch -p $(systemctl show -P MainPID rollcalld) {words} 2>&1", timeout=300)
    numbers = re.findall(r"^\$\d+ = (-?\d+)", said, re.M)
    if len(numbers) != 3 or int(numbers[0]) < 0 or numbers[1:] != ["-1", str(EPERM)]:
        raise Failure(f"the daemon may listen elsewhere: {said[-400:]}")


def forbidden(machine):
    """What a program in the daemon's place can do: the same unit, another program."""
    machine.run("mkdir -p /home/teacher; echo secret > /home/teacher/diary; chmod 755 /home/teacher; chmod 644 /home/teacher/diary")
    machine.write(PROBE, "[Service]\nType=oneshot\nWatchdogSec=0\nRestart=no\nExecStart=\n"
                         "ExecStart=/usr/bin/python3 /opt/rollcall/sandbox.py /dev/video9\n")
    machine.run("systemctl daemon-reload; systemctl stop rollcalld")
    outcome = machine.ssh("systemctl start rollcalld", timeout=120)
    lines = [entry["MESSAGE"] for entry in machine.entries("-u", "rollcalld", "-t", "python3")]
    machine.run(f"rm {PROBE}; systemctl daemon-reload; systemctl reset-failed rollcalld; systemctl start rollcalld")
    # What is not there shows nothing, but for what the sandbox hides.
    wrong = [line for line in lines if line.startswith("CAN ")
             or "No such file" in line and not any(each in line for each in HIDDEN)]
    refused = [line for line in lines if line.startswith("refused: ")]
    if wrong or len(refused) != 16:
        raise Failure(f"under its unit a program {wrong or lines}")
    for wanted in ("camera: opens", "credentials: template-key token", "state: writes"):
        if wanted not in lines:
            raise Failure(f"under its unit a program lacks “{wanted}”: {outcome.stderr.decode()} {lines}")
    return len(refused)


def scenario(machine, school):
    school.start()
    machine.boot()
    play(machine, "eileen")
    eventually("the mark on the server", lambda: school.names() == ["Eileen Collins"], within=120, every=2)
    found = exposures(machine)
    secrets(machine)
    listening(machine)
    refused = forbidden(machine)
    eventually("a camera that is well again", lambda: (machine.status() or {}).get("camera", {}).get("state") == "ok", within=60)
    return f"exposure {found}; {refused} forbidden things refused, listening elsewhere too; the camera works"
