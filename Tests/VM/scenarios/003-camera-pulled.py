"""The camera is taken away and given back 50 times, and its driver injects faults: frames flow again within 3 s of its return,
one line of the journal a change of state, file descriptors and memory flat."""

from machine import Failure, eventually

VIVID = "n_devs=1 node_types=0x1 num_inputs=1 input_types=0 multiplanar=1 vid_cap_nr=0"
DRIVER = "/sys/bus/platform/drivers/vivid"
# What takes the camera away, and what gives it back; a disconnected one comes back when its last user has closed it.
PULLS = {
    "driver unbound": (f"echo vivid.0 > {DRIVER}/unbind", f"echo vivid.0 > {DRIVER}/bind"),
    "device disconnected": ("v4l2-ctl -d /dev/video0 -c disconnect=1", "true"),
    "driver unloaded": (f"echo vivid.0 > {DRIVER}/unbind; until rmmod vivid; do sleep 0.1; done", f"modprobe vivid {VIVID}"),
}
ROUNDS = ["driver unbound"] * 20 + ["device disconnected"] * 15 + ["driver unloaded"] * 15
# Controls of vivid with which it fails by itself.
FAULTS = ["inject_fatal_streaming_error", "inject_vidioc_qbuf_error"]


def say(words):
    return f"logger -t scenario {words!r}"


def wait_for(machine, *states):
    return eventually(f"camera {states} on /status",
                      lambda: ((machine.status() or {}).get("camera") or {}).get("state") in states, within=30, every=0.2)


def resources(machine):
    text = machine.run("pid=$(systemctl show -P MainPID rollcalld); ls /proc/$pid/fd | wc -l; "
                       "awk '/^VmRSS/ {print $2}' /proc/$pid/status")
    descriptors, kilobytes = map(int, text.split())
    return descriptors, kilobytes / 1024


def seconds(entry):
    return int(entry["__REALTIME_TIMESTAMP"]) / 1e6


def changes(machine):
    """The daemon's changes of the camera's state."""
    return [entry for entry in machine.journal("-b") if "ROLLCALL_CAMERA_STATE" in entry]


def timeline(machine):
    """(time, what) of the scenario's own words and of the daemon's changes of the camera's state."""
    lines = [(seconds(entry), entry["MESSAGE"]) for entry in machine.entries("-t", "scenario")]
    lines += [(seconds(entry), "well" if entry["ROLLCALL_CAMERA_STATE"] == "ok" else "ill: " + entry["MESSAGE"])
              for entry in changes(machine)]
    return sorted(lines)


def judge(lines):
    """Seconds from each return to well; raises where a round has other lines than one ill and one well."""
    waits, state, returned = [], [], None
    for at, what in lines:
        if what.startswith("pull "):
            state, returned = [], None
            name = what
        elif what == "return":
            returned = at
        elif what == "well":
            state.append("well")
            waits.append((at - (returned or at), name))
            if state != ["ill", "well"]:
                raise Failure(f"{name}: {state} instead of one line ill and one well")
        elif returned is None and state:
            raise Failure(f"{name}: a second line: {what}")
        else:
            state.append("ill")
    return waits


def scenario(machine, school):
    machine.boot()
    machine.run(f"modprobe vivid {VIVID}; udevadm settle")
    machine.configure('[camera]\ndevice = "/dev/video0"\nformat = "YUYV"\nwidth = 320\nheight = 180\nrate = 15\n')
    wait_for(machine, "ok")
    first = resources(machine)
    machine.run("journalctl --rotate --vacuum-time=1s -q")
    for number, kind in enumerate(ROUNDS):
        away, back = PULLS[kind]
        before = len(changes(machine)) if kind == "device disconnected" else 0
        machine.run(f"{say(f'pull {number} {kind}')}; {away}")
        if kind != "device disconnected":
            wait_for(machine, "lost")
            machine.run(f"{say('return')}; {back}")
        else:
            machine.run(say("return"))
            # It comes and goes faster than anybody asks: the page may still tell of the time before.
            eventually("lost and well again in the journal", lambda: len(changes(machine)) >= before + 2, within=30)
        wait_for(machine, "ok")
        if number == 9:
            warm = resources(machine)
    faults = 0
    for control in FAULTS:
        for _ in range(3):
            machine.run(f"{say('pull fault ' + control)}; v4l2-ctl -d /dev/video0 -c {control}=1; {say('return')}; sleep 1")
            wait_for(machine, "ok")
            faults += 1
    machine.run(f"v4l2-ctl -d /dev/video0 -c percentage_of_dropped_buffers=50; sleep 5")
    if machine.status()["camera"]["state"] != "ok":
        raise Failure("half of the buffers are dropped, and the camera does not count as well")
    machine.run(f"v4l2-ctl -d /dev/video0 -c percentage_of_dropped_buffers=0")
    last = resources(machine)

    waits = judge(timeline(machine))
    slowest = max(waits)
    if len(waits) < len(ROUNDS):
        raise Failure(f"{len(waits)} returns of {len(ROUNDS)} in the journal")
    if slowest[0] > 3:
        raise Failure(f"frames flowed again after {slowest[0]:.1f} s: {slowest[1]}")
    if last[0] > warm[0] or last[1] > warm[1] + 4:
        raise Failure(f"file descriptors and MB: {first} at first, {warm} after 10 rounds, {last} at the end")
    return (f"{len(ROUNDS)} pulls and {faults} faults, frames again within {slowest[0]:.1f} s; "
            f"file descriptors {warm[0]} -> {last[0]}, {warm[1]:.0f} -> {last[1]:.0f} MB")
