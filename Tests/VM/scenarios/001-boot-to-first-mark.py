"""Power on, no hand touches it: a person passes, and the mark is in the outbox, the journal, on /status and on the server."""

from machine import Failure, eventually


def scenario(machine, school):
    school.start()
    machine.boot("rollcall.walkby", wait=False)
    eventually("the mark on the server", lambda: school.names() == ["Eileen Collins"], within=300, every=2)
    machine.wait_for_shell()
    mark = school.marks()[0]

    status = machine.status()
    last = status["last_marks"]
    if [each["id"] for each in last] != [mark["id"]]:
        raise Failure(f"/status tells of other marks: {last}")
    if status["outbox"]["depth"] != 0 or status["camera"]["state"] != "ok" or status["sync"]["state"] != "ok":
        raise Failure(f"/status: {status['outbox']} {status['camera']}")
    entries = [entry for entry in machine.journal() if entry.get("ROLLCALL_MARK") == mark["id"]]
    if not entries:
        raise Failure("no entry of the journal has ROLLCALL_MARK")
    entry = entries[0]
    missing = [field for field in ("ROLLCALL_PERSON", "ROLLCALL_TRACK", "ROLLCALL_STATUS", "MESSAGE_ID") if field not in entry]
    if missing or entry["ROLLCALL_PERSON"] != mark["person"]:
        raise Failure(f"the journal's entry lacks {missing}: {entry}")
    catalogue = machine.run(f"journalctl --no-pager -x MESSAGE_ID={entry['MESSAGE_ID']} | cat")
    if "Subject: " not in catalogue:
        raise Failure("the journal's catalogue does not know the message")
    rows = machine.run("systemctl show rollcalld -p NRestarts -p ActiveState").split()
    if rows != ["NRestarts=0", "ActiveState=active"]:
        raise Failure(f"the unit: {rows}")
    boot = machine.run("systemd-analyze time --no-pager | head -1").strip()
    return f"{boot}; frame to mark {status['latency']} under emulation"
