"""The state folder's disk fills up while people pass: that is said within 5 s, no mark is claimed that is not on the disk,
and within 10 s of space returning who passed is marked: with the camera at work, with the camera away, after a restart."""

from door import MARK_RECORDED, marks, play
from machine import Failure, eventually

FOLDER = "/var/lib/rollcall"
DISK_FULL = "a1e2508a36694747be7ad77d296a1dd5"
SMALL_DISK = ("systemctl stop rollcalld; truncate -s 64M /var/state.img; mkfs.ext4 -q -m 0 /var/state.img; "
              f"mount -o loop /var/state.img {FOLDER}; systemctl start rollcalld")
# Says each change of what /status says, with the time of the machine's journal.
WATCH = """
while :; do
    if answer=$(curl -fsS --max-time 5 http://127.0.0.1:8470/status); then
        case $answer in *"marks cannot be stored"*) now=full ;; *) now=well ;; esac
        if [ "$now" != "$before" ]; then logger -t watch "$now"; before=$now; fi
    fi
    sleep 0.7
done
"""
# To the last block, after some seconds at which there is little left, and less and less.
FILL = (f"cd {FOLDER}; fallocate -l $(($(df --output=avail -B1 . | tail -1) - 12000000)) fill; "
        "for i in 1 2 3 4 5 6; do head -c 500000 /dev/zero >>fill; sleep 1; done; "
        "while head -c 1025 /dev/zero >>fill; do cat /dev/zero >>fill; sync; done 2>/dev/null")


def at(entry):
    return int(entry["__MONOTONIC_TIMESTAMP"]) / 1e6


def say(machine, words):
    machine.run(f"logger -t scenario {words!r}")


def last(machine, tag, words):
    """When this was said last."""
    return at([entry for entry in machine.entries("-b", "-t", tag) if entry["MESSAGE"] == words][-1])


def since(machine, moment, *options):
    return [entry for entry in machine.journal("-b", *options) if at(entry) > moment]


def stored(machine):
    """The ids in the outbox's file, which has to be sound."""
    first, *ids = machine.run(
        f"rm -rf /run/copy; mkdir /run/copy; cp {FOLDER}/outbox.db* /run/copy; "
        "sqlite3 /run/copy/outbox.db 'PRAGMA integrity_check' 'SELECT id FROM marks'").split()
    if first != "ok":
        raise Failure(f"the outbox's file is not sound: {first}")
    return {each.lower() for each in ids}


def check_claims(machine, count):
    """The marks that the journal and /status claim are those of the file, and they are so many."""
    told, shown, kept = set(marks(machine)), {mark["id"] for mark in machine.status()["last_marks"]}, stored(machine)
    if told != kept or not shown <= kept or len(kept) != count:
        raise Failure(f"{count} marks should be there: the journal claims {told}, /status {shown}, the file has {kept}")


def fill(machine):
    """Fills the disk; seconds until /status says so."""
    say(machine, "fill")
    machine.run(FILL)
    begin = last(machine, "scenario", "fill")
    seen = eventually("the full disk on /status", lambda: (at_ := last(machine, "watch", "full")) > begin and at_)
    told = [entry["MESSAGE"] for entry in since(machine, begin, f"MESSAGE_ID={DISK_FULL}")]
    if len(told) != 1:
        raise Failure(f"{len(told)} lines of the journal while the disk fills: {told}")
    return seen - begin


def pass_by(machine, person, marked):
    """A person passes and must wait, which is said once; `marked` have their marks."""
    begin = float(machine.run("cut -d' ' -f1 /proc/uptime"))
    play(machine, person)

    def waits():
        return [entry for entry in since(machine, begin) if "it waits" in entry["MESSAGE"]]
    eventually(f"{person} waiting for room on the disk", waits, within=240, every=3)
    machine.run("sleep 5")
    lines = waits()
    if len(lines) != 1 or "free space" not in lines[0]["MESSAGE"]:
        raise Failure(f"{len(lines)} lines of the journal for one person who waits: {lines[0]['MESSAGE']}")
    told = [entry["MESSAGE"] for entry in since(machine, begin, f"MESSAGE_ID={DISK_FULL}")]
    if len(told) != 1:
        raise Failure(f"{len(told)} lines of the journal for a mark that could not be stored: {told}")
    if "the disk is full, marks cannot be stored" not in machine.status()["outbox"].get("alarm", ""):
        raise Failure(f"/status after a mark that could not be stored: {machine.status()['outbox']}")
    doctor = machine.ssh("rollcallctl doctor")
    words = doctor.stdout.decode()
    if doctor.returncode != 1 or "marks will not be kept" not in words or "df -h /var/lib/rollcall" not in words:
        raise Failure(f"rollcallctl doctor on a full disk, {doctor.returncode}: {words}")
    check_claims(machine, marked)
    # They walk on: a look at a face takes as long under emulation as may pass until a mark is made.
    play(machine)


def make_room(machine, marked):
    """Gives the space back; seconds until so many are marked, and until /status has no alarm."""
    say(machine, "room")
    machine.run(f"rm {FOLDER}/fill")
    begin = last(machine, "scenario", "room")
    new = eventually("the mark of who waited", lambda: since(machine, begin, MARK_RECORDED), within=40)
    well = eventually("/status without an alarm", lambda: (at_ := last(machine, "watch", "well")) > begin and at_)
    check_claims(machine, marked)
    if "alarm" in machine.status()["outbox"]:
        raise Failure(f"/status still has an alarm: {machine.status()['outbox']}")
    return max(at(new[0]), well) - begin


def camera_away(machine):
    machine.run("systemctl stop feed")
    eventually("a camera that is away", lambda: machine.status()["camera"]["state"] != "ok", within=30)


def scenario(machine, school):
    school.start()
    machine.boot()
    machine.run(SMALL_DISK, timeout=300)
    machine.write("/run/watch", WATCH)
    machine.run("systemd-run -q --unit watch -- /bin/sh /run/watch")
    eventually("the roster", lambda: (machine.status() or {}).get("roster", {}).get("people") == 3, within=90)
    said, went_on = [], []
    for number, (person, trouble) in enumerate([("grace", None), ("eileen", camera_away), ("filippo", None)]):
        said.append(fill(machine))
        if person == "filippo":
            machine.restart_daemon()
        pass_by(machine, person, marked=number)
        if trouble:
            trouble(machine)
        went_on.append(make_room(machine, marked=number + 1))
    if max(said) > 5 or max(went_on) > 10:
        raise Failure(f"said after {max(said):.1f} s, went on after {max(went_on):.1f} s")
    ids = set(marks(machine))
    eventually("the three marks on the server", lambda: {mark["id"] for mark in school.marks()} == ids, within=60)
    names = ["Eileen Collins", "Filippo Giunchedi", "Grace Hopper"]
    if school.names() != names:
        raise Failure(f"the server has {school.names()}")
    return (f"a full disk said after {max(said):.1f} s at most; who passed meanwhile marked, and the alarm gone, "
            f"{went_on[0]:.1f} s after space returned, {went_on[1]:.1f} s with the camera away, {went_on[2]:.1f} s after a "
            "restart on the full disk")
