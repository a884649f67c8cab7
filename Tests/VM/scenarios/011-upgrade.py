"""The package's life on a machine: installed, upgraded with marks waiting, an upgrade whose migration fails, removed,
installed again, purged. Nothing is lost before the purge, and after it nothing is left.

The older package is the newer one with another version and another configuration file; its outbox is taken back to version 1
of the schema by hand, as it would have been then.
"""

import time

from door import walk_by
from machine import Failure, eventually

OLDER, NEWER = "/opt/rollcall/older.deb", "/opt/rollcall/newer.deb"
ETC, FOLDER, MODELS = "/etc/rollcall", "/var/lib/rollcall", "/var/lib/rollcall-models"
# outbox-crash-child seals the roster with this key.
KEY = bytes([7] * 32)
DAYS = 40
# As apt does it when nobody is asked.
DPKG = "DEBIAN_FRONTEND=noninteractive dpkg --force-confdef --force-confold"
SMALL_DISK = f"truncate -s 64M /var/state.img; mkfs.ext4 -q -m 0 /var/state.img; mount -o loop /var/state.img {FOLDER}"
FILL = f"while head -c 1025 /dev/zero >>{FOLDER}/fill; do cat /dev/zero >>{FOLDER}/fill; sync; done 2>/dev/null"
# What a version without the second step of the schema would have left.
GO_BACK = f"sqlite3 {FOLDER}/outbox.db 'DROP TABLE damage; PRAGMA user_version = 1'"


def same(what, found, wanted):
    if found != wanted:
        raise Failure(f"{what}: {found} instead of {wanted}")


def dpkg(machine, words):
    machine.run(f"{DPKG} {words} </dev/null", timeout=300)
    same("dpkg --audit", machine.run("dpkg --audit"), "")


def unit(machine):
    """(whether it is enabled, its state)"""
    return tuple(machine.ssh(f"systemctl {verb} rollcalld").stdout.decode().strip() for verb in ("is-enabled", "is-active"))


def wait_until_ready(machine):
    eventually("the daemon at work", lambda: unit(machine)[1] == "active" and machine.status(), within=120)


def outbox(machine, file="outbox.db"):
    """(version of the schema, {id: state}) of a file that has to be sound."""
    first, version, *rows = machine.run(
        f"rm -rf /run/copy; mkdir /run/copy; cp {FOLDER}/{file}* /run/copy; sqlite3 /run/copy/{file} "
        "'PRAGMA integrity_check' 'PRAGMA user_version' 'SELECT lower(id), state FROM marks'").split()
    same("the outbox's integrity_check", first, "ok")
    return int(version), dict(row.split("|") for row in rows)


def configuration(machine):
    """Digests of what is the owner's own."""
    return machine.run(f"cd {ETC}; sha256sum terminal.toml token template-key ca.pem")


def install_older(machine):
    """On a machine that never had it: purges the image's and installs the older one for the first time."""
    wait_until_ready(machine)
    machine.run(f"cp -a {ETC} /root/etc; cp -a {MODELS} /root/models")
    dpkg(machine, "--purge rollcalld")
    # The administrator's own file stays, and so its folder.
    same("what a purge has left", leftovers(machine), [ETC, f"{ETC}/ca.pem"])
    dpkg(machine, f"--install {OLDER}")
    same("the unit before there is a token", unit(machine), ("enabled", "inactive"))
    same("the new key", machine.run(f"stat -c '%s %a %U' {ETC}/template-key").strip(), "32 600 root")
    same("the new key beside the old one", machine.ssh(f"cmp {ETC}/template-key /root/etc/template-key").returncode, 1)
    machine.run(f"mv /root/models {MODELS}; cp -a /root/etc/token /root/etc/terminal.toml {ETC}/")
    machine.write(f"{ETC}/template-key", KEY, mode="600")
    machine.run("systemctl start rollcalld", timeout=180)
    wait_until_ready(machine)


def leftovers(machine):
    return machine.run("find / -xdev -ipath '*rollcall*' -not -path '/opt/*' -not -path '/root/*' -not -path '/tmp/*' "
                       "-not -path '/proc/*' -not -path '/var/log/*' | sort").split()


def let_marks_wait(machine, school):
    """One mark is sent; then the server is away, and many wait."""
    eventually("the roster", lambda: machine.status()["roster"]["people"] == 3, within=60)
    walk_by(machine, "eileen")
    eventually("the first mark on the server", lambda: school.names() == ["Eileen Collins"])
    eventually("its receipt", lambda: machine.status()["outbox"]["depth"] == 0)
    school.stop()
    walk_by(machine, "grace")
    machine.run(f"systemctl stop rollcalld; cp {ETC}/token {FOLDER}/token", timeout=60)
    # It records, and then waits for the server until it is killed.
    machine.run(f"timeout -s KILL 30 /opt/rollcall/outbox-crash-child {FOLDER} https://school:18443 {ETC}/ca.pem 14610 "
                f"{DAYS} >/dev/null; rm {FOLDER}/token; systemctl start rollcalld", timeout=300)
    wait_until_ready(machine)
    version, rows = outbox(machine)
    states = sorted(rows.values())
    if version != 2 or states.count("acknowledged") != 1 or states.count("pending") < DAYS or len(set(states)) != 2:
        raise Failure(f"the outbox of the older version: {version}, {states}")
    same("the marks that wait, by /status", machine.status()["outbox"]["depth"], states.count("pending"))
    return rows


def upgrade_running(machine, rows):
    """Configuration that was changed stays, the service runs on as the new version, marks go on waiting."""
    mine, before = configuration(machine), machine.run("systemctl show -P InvocationID rollcalld")
    dpkg(machine, f"--install {NEWER}")
    same("the installed version", machine.run("dpkg-query -W -f '${Version}' rollcalld"),
         machine.run(f"dpkg-deb -f {NEWER} Version").strip())
    wait_until_ready(machine)
    if machine.run("systemctl show -P InvocationID rollcalld") == before:
        raise Failure("the upgrade has not restarted the service")
    same("the unit after the upgrade", unit(machine), ("enabled", "active"))
    same("what is the owner's own", configuration(machine), mine)
    same("the new configuration beside it", machine.ssh(
        f"dpkg-deb --fsys-tarfile {NEWER} | tar -xOf - ./etc/rollcall/terminal.toml | cmp - {ETC}/terminal.toml.dpkg-dist"
    ).returncode, 0)
    same("the outbox", outbox(machine), (2, rows))


def take_back(machine):
    """To the older package, stopped, with the file that it would have. A service that somebody has disabled stays so."""
    machine.run("systemctl disable -q --now rollcalld")
    dpkg(machine, f"--install {OLDER}")
    same("a disabled unit after another version", unit(machine), ("disabled", "inactive"))
    machine.run(f"systemctl enable -q rollcalld; {GO_BACK}")


def migrate(machine, rows):
    take_back(machine)
    same("the older outbox", outbox(machine), (1, rows))
    dpkg(machine, f"--install {NEWER}")
    wait_until_ready(machine)
    same("the migrated outbox", outbox(machine), (2, rows))


def fail_for_want_of_room(machine, rows):
    """The upgraded daemon cannot migrate, says why, leaves the file as it is, and goes on by itself once it can."""
    take_back(machine)
    machine.run(f"cp -a {FOLDER} /root/state; {SMALL_DISK}; cp -a /root/state/. {FOLDER}; rm -r /root/state; {FILL}")
    begin = float(machine.run("cut -d' ' -f1 /proc/uptime"))
    dpkg(machine, f"--install {NEWER}")
    eventually("three attempts", lambda: int(machine.run("systemctl show -P NRestarts rollcalld")) >= 3, within=120)
    lines = {}
    for entry in machine.entries("-b", "-t", "rollcalld", "-p", "warning"):
        if int(entry["__MONOTONIC_TIMESTAMP"]) / 1e6 > begin:
            lines.setdefault(entry["_PID"], []).append(entry["MESSAGE"])
    # The first two attempts are whole for certain.
    for said in list(lines.values())[0:2]:
        if len(said) != 1 or "outbox.db: the disk is full" not in said[0] or "free space" not in said[0] or "\n" in said[0]:
            raise Failure(f"a migration without room is refused with {said}")
    same("the outbox after a failed migration", outbox(machine), (1, rows))
    machine.run(f"rm {FOLDER}/fill")
    begin = time.monotonic()
    wait_until_ready(machine)
    took = time.monotonic() - begin
    same("the migrated outbox", outbox(machine), (2, rows))
    machine.run(f"systemctl stop rollcalld; cp -a {FOLDER} /root/state; umount {FOLDER}; cp -a /root/state/. {FOLDER}")
    return said[0], took


def fail_by_statement(machine, rows):
    """A file that has what the step would make counts as damaged: it is set aside whole, its marks go on in a new one."""
    take_back(machine)
    machine.run(f"sqlite3 {FOLDER}/outbox.db 'CREATE TABLE damage (other TEXT)'")
    dpkg(machine, f"--install {NEWER}")
    wait_until_ready(machine)
    same("the outbox after a step that cannot be made", outbox(machine), (2, rows))
    same("the file that was set aside", outbox(machine, "outbox.db.damaged-1"), (1, rows))
    alarm = machine.status()["outbox"].get("alarm", "")
    if "table damage already exists" not in alarm or "then remove /var/lib/rollcall/outbox.db.damaged-1" not in alarm:
        raise Failure(f"/status after it: {alarm}")
    machine.run(f"rm {FOLDER}/outbox.db.damaged-1*")
    eventually("/status without an alarm", lambda: "alarm" not in machine.status()["outbox"], within=20)


def remove_and_return(machine, rows):
    mine = configuration(machine)
    dpkg(machine, "--remove rollcalld")
    same("the unit after a removal", unit(machine), ("masked", "inactive"))
    same("programs after a removal", machine.ssh("ls /usr/bin/rollcall*").stdout, b"")
    same("what is the owner's own", configuration(machine), mine)
    same("the outbox after a removal", outbox(machine), (2, rows))
    dpkg(machine, f"--install {NEWER}")
    wait_until_ready(machine)
    same("the unit after its return", unit(machine), ("enabled", "active"))
    same("what is the owner's own", configuration(machine), mine)
    same("the outbox after its return", outbox(machine), (2, rows))


def send(machine, school, rows):
    school.start()
    eventually("an empty outbox", lambda: machine.status()["outbox"]["depth"] == 0, within=400, every=2)
    same("the marks on the server", sorted(mark["id"] for mark in school.marks()), sorted(rows))
    same("the outbox", outbox(machine), (2, dict.fromkeys(rows, "acknowledged")))


def purge(machine):
    """First with everything there; then after an upgrade of a file that nobody had changed."""
    machine.run(f"rm {ETC}/ca.pem")
    dpkg(machine, "--purge rollcalld")
    same("what a purge has left", leftovers(machine), [])
    dpkg(machine, f"--install {OLDER}")
    dpkg(machine, f"--install {NEWER}")
    found = machine.run(f"ls {ETC}; grep -c 0.0.9 {ETC}/terminal.toml || true").split()
    same("a configuration that nobody has changed", found, ["template-key", "terminal.toml", "0"])
    dpkg(machine, "--purge rollcalld")
    same("what a purge has left", leftovers(machine), [])


def scenario(machine, school):
    school.start()
    machine.boot()
    install_older(machine)
    rows = let_marks_wait(machine, school)
    upgrade_running(machine, rows)
    migrate(machine, rows)
    said, took = fail_for_want_of_room(machine, rows)
    fail_by_statement(machine, rows)
    remove_and_return(machine, rows)
    send(machine, school, rows)
    purge(machine)
    return (f"{len(rows)} marks through upgrades, two failed migrations and a removal, each once on the server; "
            f"at work {took:.0f} s after space returned; said: {said}")
