"""Each fault is found by `rollcallctl doctor` alone and by `journalctl -u rollcalld -p warning` alone, with the next step."""

import json
import re
import subprocess
from typing import Callable, NamedTuple

from door import walk_by
from liar import Liar
from machine import ROOT, Failure, eventually

STATE = "/var/lib/rollcall"
MODEL = "/var/lib/rollcall-models/rollcall-models.pack"
VIVID = "/sys/bus/platform/drivers/vivid"
HOLDER = "v4l2-ctl -d /dev/video0 --set-fmt-video width=320,height=180,pixelformat=YUYV --stream-mmap --stream-to /dev/null"
CAMERA = ('[camera]\ndevice = "/dev/video0"\nformat = "YUYV"\nwidth = 320\nheight = 180\nrate = 4\n'
          "dark_seconds = 2\nfrozen_seconds = 2\n")


def control(setting):
    return f"v4l2-ctl -d /dev/video0 -c {setting}"


class Impostor:
    """Stands in the server's place and answers everything with 500."""

    def __init__(self, tls):
        self.tls = tls

    def start(self, school):
        school.stop()
        self.liar = Liar(self.tls(school), ["status_500"])

    def stop(self, school):
        self.liar.stop()
        school.start()


def another_authority(school):
    folder = school.folder / "impostor"
    subprocess.run([ROOT / "tools/make-certificates", folder, "school"], check=True, stdout=subprocess.DEVNULL)
    return folder


ill, impostor = Impostor(lambda school: school.folder / "tls"), Impostor(another_authority)


class Fault(NamedTuple):
    name: str
    # What brings it about and what takes it away: commands of the machine, or what is done on the server's side.
    cause: str | Callable
    cure: str | Callable
    # The doctor's row, and what the row and its next step must say.
    row: str
    doctor: str
    # What one entry of the journal must say.
    journal: str
    verdict: str = "failed"


# Faults of one round are there at the same time and have nothing to do with each other; they come while the daemon runs, or
# before it starts.
RUNNING = [
    [Fault("camera missing", f"echo vivid.0 > {VIVID}/unbind", f"echo vivid.0 > {VIVID}/bind",
           "camera", r"no camera /dev/video0 .*: attach it, or name another one in camera\.device",
           r"no camera /dev/video0 .*: attach it, or name another one in camera\.device"),
     Fault("server away", lambda school: school.stop(), lambda school: school.start(),
           "server", r"no connection to https://school:18443.* → check the network .*that rollcall-server runs",
           r"server not reachable: .*; check the network, server\.url and that rollcall-server runs"),
     Fault("disk full", f"fallocate -l $(($(df --output=avail -B1 {STATE} | tail -1) - 1000000)) {STATE}/full", f"rm {STATE}/full",
           "disk", r"\d MB free for /var/lib/rollcall: marks will not be kept → make room: ",
           r"the disk is full .*; free space: see df -h")],
    [Fault("camera dark", control("test_pattern=5,osd_text_mode=1"), control("test_pattern=0,osd_text_mode=0"),
           "camera", r"pictures are dark.* → take the cover off, or light the door",
           r"pictures are dark: switch a light on, take the cover off"),
     Fault("server answers 500", ill.start, ill.stop,
           "server", r"says that it is not well \(500\) → on the server: journalctl -u rollcall-server",
           r"server error \(500\).*; look into the server's journal", verdict="warning"),
     Fault("disk read-only", "echo worn > /sys/fs/ext4/$(basename $(losetup -n -O NAME -j /small.ext4))/trigger_fs_error",
           f"systemctl stop rollcalld; umount {STATE}; fsck.ext4 -fy /small.ext4; mount -o loop,errors=remount-ro /small.ext4 "
           f"{STATE}; systemctl start rollcalld",
           "disk", r"is read-only: no mark can be kept → see why: dmesg \| tail",
           r"the disk is read-only, marks cannot be stored; see dmesg")],
    [Fault("camera frozen", control("osd_text_mode=2"), control("osd_text_mode=0"),
           "camera", r"the same picture again and again.* → unplug the camera and plug it in again",
           r"the same picture again and again: unplug it and plug it in"),
     Fault("server of another authority", impostor.start, impostor.stop,
           "server", r"is not trusted, .*its issuer is unknown → name the school's authority in server\.ca_file",
           r"server's certificate: its issuer is unknown; name the school's authority in server\.ca_file")],
    [Fault("camera silent", control("percentage_of_dropped_buffers=100"), control("percentage_of_dropped_buffers=0"),
           "camera", r"no frame from the camera for \d+ s.* → check its cable and power",
           r"no frame from the camera for \d+ s: check its cable and power")],
]
STARTING = [
    [Fault("camera of another group", "chgrp plugdev /dev/video0", "chgrp video /dev/video0",
           "camera", r"no permission to open /dev/video0: .*SupplementaryGroups= of its unit",
           r"no permission to open /dev/video0: .*SupplementaryGroups= of its unit"),
     Fault("token refused", "cp -a /etc/rollcall/token /run/token; echo of-another-terminal > /etc/rollcall/token",
           "cp -a /run/token /etc/rollcall/token",
           "token", r"does not know it \(401\) → on the server: rollcall-server terminal renew NAME",
           r"token refused \(401\).*; make a new one with `rollcall-server terminal renew`"),
     Fault("clock not known", "python3 /opt/rollcall/clock.py lost $(date +%s); "
           "sed -i 's/^#trust_server.*/trust_server = false/' /etc/rollcall/terminal.toml",
           "sed -i 's/^trust_server.*/#trust_server/' /etc/rollcall/terminal.toml; python3 /opt/rollcall/clock.py by 0",
           "clock", r"not synchronised: marks are flagged.* → let NTP set it: timedatectl set-ntp true",
           r"the time is not known: .*; check the network time service")],
    [Fault("camera in use", f"systemd-run -q --unit holder -- {HOLDER}; sleep 2", "systemctl stop holder",
           "camera", r"camera /dev/video0 is in use by another program: find it with: sudo fuser -v /dev/video0",
           r"camera /dev/video0 is in use by another program: find it with: sudo fuser -v /dev/video0"),
     Fault("outbox damaged", f"page=$(sqlite3 {STATE}/outbox.db \"SELECT rootpage FROM sqlite_schema WHERE name = 'marks_by_key'\"); "
           f"dd if=/dev/urandom of={STATE}/outbox.db bs=4096 count=1 seek=$((page - 1)) conv=notrunc status=none",
           f"rm {STATE}/outbox.db.damaged*",
           "outbox", r"the outbox was damaged .*1 marks were salvaged; check the storage medium, then remove .*outbox\.db",
           r"the outbox was damaged .*1 marks were salvaged; check the storage medium, then remove .*outbox\.db")],
]
# With these it does not start at all.
REFUSED = [
    [Fault("models missing", f"mv {MODEL} /run/model.pack", f"mv /run/model.pack {MODEL}",
           "face models", r"No such file or directory → remake it: sudo rollcalld-models",
           r"rollcall-models\.pack cannot be used: No such file or directory; remake them with `sudo rollcalld-models`")],
    [Fault("models altered", f"cp -a {MODEL} /run/model.pack; printf x | dd of={MODEL} bs=1 seek=100000 conv=notrunc status=none",
           f"mv /run/model.pack {MODEL}",
           "face models", r"it was altered or damaged: its checksum is wrong → remake it: sudo rollcalld-models",
           r"rollcall-models\.pack cannot be used: it was altered .*; remake them with `sudo rollcalld-models`")],
    [Fault("configuration broken", "sed -i 's/^device = /devise = /' /etc/rollcall/terminal.toml",
           "sed -i 's/^devise = /device = /' /etc/rollcall/terminal.toml",
           "", r"/etc/rollcall/terminal\.toml:\d+: camera\.devise: unknown key; .*device",
           r"/etc/rollcall/terminal\.toml:\d+: camera\.devise: unknown key; .*device.*; correct it, then: systemctl restart rollcalld")],
]
STALLED = Fault("capture stands", "python3 /opt/rollcall/hang.py capture poll", "true",
                "daemon", r"capture makes no progress → .*journalctl -u rollcalld",
                r"capture has made no progress for \d+ s: the service manager restarts the daemon; if it happens again, report it")


def apply(machine, school, action):
    if callable(action):
        action(school)
    else:
        machine.run(action, timeout=180)


def place(cursor):
    """The number in the journal's order that a cursor has. Debian 12's --after-cursor leaves out the first entry that a filter
    lets through."""
    return int(re.search(r"\bi=([0-9a-f]+)", cursor)[1], 16)


def now(machine):
    """The journal's place now."""
    return place(machine.run("journalctl -n 0 --show-cursor -q"))


def warnings(machine, since):
    """What a technician reads who looks at the journal alone."""
    return [entry["MESSAGE"] for entry in machine.journal("-b", "-p", "warning") if place(entry["__CURSOR"]) > since]


def doctor(machine):
    """Rows of the doctor by their name, as (verdict, what was found → the next step); the row "" for what it says without rows."""
    outcome = machine.ssh("rollcallctl doctor --json")
    if not outcome.stdout:
        return {"": ("failed", outcome.stderr.decode().strip())}
    rows = {each["name"]: (each["verdict"], f"{each['found']} → {each['next_step']}")
            for each in json.loads(outcome.stdout)["findings"]}
    worst = "failed" in [verdict for verdict, _ in rows.values()]
    if (outcome.returncode != 0) != worst:
        raise Failure(f"rollcallctl doctor ended with {outcome.returncode} and says {rows}")
    return rows


def look(machine, faults, since):
    """What of these faults neither the doctor nor the journal shows, after they had time to show."""
    def missing_in_journal():
        said = warnings(machine, since)
        return [fault for fault in faults if not any(re.search(fault.journal, line) for line in said)]

    try:
        eventually("the journal's words", lambda: not missing_in_journal(), within=45, every=2)
    except Failure:
        pass
    missed = [f"{fault.name}: the journal says only {warnings(machine, since)}" for fault in missing_in_journal()]
    rows = doctor(machine)
    for fault in faults:
        verdict, words = rows.get(fault.row, ("missing", ""))
        if verdict != fault.verdict or not re.search(fault.doctor, words):
            missed.append(f"{fault.name}: the doctor's row is: {verdict} {words}")
    return missed


def is_well(machine):
    status = machine.status()
    return (status and not status["problems"] and status["sync"]["state"] == "ok" and status["camera"]["state"] == "ok"
            and status["clock"] == "synchronised")


def require_well(machine, when):
    eventually(f"a daemon that is well {when}", lambda: is_well(machine), within=150, every=1)
    ill = {name: words for name, (verdict, words) in doctor(machine).items() if verdict != "ok"}
    if ill:
        raise Failure(f"the doctor, {when}: {ill}")


def prepare(machine, school):
    """One mark in the outbox, the state on a small file system of its own, vivid as the camera, and a clock that is right."""
    machine.boot()
    machine.run("python3 /opt/rollcall/clock.py by 0")
    eventually("the roster", lambda: (machine.status() or {}).get("roster", {}).get("cursor"), within=120)
    walk_by(machine, "eileen")
    machine.run("systemctl stop feed rollcalld; truncate -s 300M /small.ext4; mkfs.ext4 -q /small.ext4; "
                f"mount -o loop,errors=remount-ro /small.ext4 /mnt; cp -a {STATE}/. /mnt; chown --reference={STATE} /mnt; "
                f"chmod 700 /mnt; umount /mnt; mount -o loop,errors=remount-ro /small.ext4 {STATE}; "
                "modprobe vivid n_devs=1 node_types=0x1 num_inputs=1 input_types=0 multiplanar=1 vid_cap_nr=0; udevadm settle")
    machine.configure(CAMERA)


def scenario(machine, school):
    school.start()
    prepare(machine, school)
    require_well(machine, "before all faults")
    missed, count = [], 0
    for rounds, start, stop in ((RUNNING, None, None), (STARTING, "start", "stop"), (REFUSED, "start", None)):
        for faults in rounds:
            if start:
                machine.run("systemctl stop rollcalld", timeout=180)
            since = now(machine)
            for fault in faults:
                apply(machine, school, fault.cause)
            if start:
                machine.ssh("systemctl start rollcalld", timeout=180)
            missed += look(machine, faults, since)
            if stop:
                machine.run("systemctl stop rollcalld", timeout=180)
            for fault in faults:
                apply(machine, school, fault.cure)
            if start:
                machine.run("systemctl start rollcalld", timeout=180)
            eventually(f"a daemon that is well after {[fault.name for fault in faults]}", lambda: is_well(machine), 150, 1)
            count += len(faults)
    require_well(machine, "after all faults")
    since = now(machine)
    apply(machine, school, STALLED.cause)
    missed += look(machine, [STALLED], since)
    if missed:
        raise Failure("\n    ".join([f"{len(missed)} of {2 * count + 2} looks found nothing:", *missed]))
    return f"{count + 1} faults, each found by the doctor and by the journal"
