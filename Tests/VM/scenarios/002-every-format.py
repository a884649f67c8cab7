"""Each pixel format that the loopback and vivid can offer gives the known picture at two sizes, natively or through libv4l."""

import json

from machine import Failure
import picture

SIZES = [(320, 240), (640, 480)]
# vivid's own sizes, and its bars: white, yellow, cyan, green, magenta, red, blue, black at 75 %.
VIVID_SIZES = [(320, 180), (640, 360)]
BARS = [(191, 191, 191), (191, 191, 0), (0, 191, 191), (0, 191, 0), (191, 0, 191), (191, 0, 0), (0, 0, 191), (0, 0, 0)]
# What rounding and JPEG may cost.
CLOSE = 8
# What neither we nor libv4l can convert; each must be refused, and nothing else may be.
REFUSED = set()


def take(machine, device, format, width, height):
    """The picture that the terminal takes, or the words with which it refuses."""
    shot = machine.ssh(f"rollcallctl camera --device {device} --format '{format}' --size {width}x{height} "
                       "--picture /run/seen.png >/dev/null && cat /run/seen.png", timeout=60)
    if shot.returncode != 0:
        return None, shot.stderr.decode().strip()
    found = picture.png(shot.stdout)
    if found[:2] != (width, height):
        raise Failure(f"{device} {format}: asked for {width}x{height}, got {found[0]}x{found[1]}")
    return found[2], None


def loopback(machine):
    wrong, count = [], 0
    for format, encode in picture.FORMATS.items():
        for width, height in SIZES:
            machine.write("/run/frame", encode(width, height))
            machine.run("systemctl -q stop feed; systemd-run -q --unit feed -- /usr/bin/python3 /opt/rollcall/feed.py "
                        f"/dev/video10 /run/frame --raw {format} {width} {height} --rate 5 --times 0; sleep 1")
            rows, refusal = take(machine, "/dev/video10", format, width, height)
            away = rows and picture.difference(rows, width, height, picture.COLUMNS, picture.ROWS, picture.expected(format))
            if refusal or away > CLOSE:
                wrong.append(f"loopback {format} {width}x{height}: {refusal or f'{away} away'}")
            count += 1
    machine.run("systemctl -q stop feed")
    return wrong, count


def vivid(machine):
    machine.run("modprobe vivid n_devs=1 node_types=0x1 num_inputs=1 input_types=0 multiplanar=1 vid_cap_nr=0; udevadm settle; "
                "v4l2-ctl -d /dev/video0 -c test_pattern=0,osd_text_mode=2")
    offered = json.loads(machine.run("rollcallctl camera --device /dev/video0 --json"))
    formats = list(dict.fromkeys(mode["format"] for mode in offered))
    listed = int(machine.run("v4l2-ctl -d /dev/video0 --list-formats | grep -c \"'\""))
    wrong = [] if listed == len(formats) else [f"vivid offers {listed} formats, rollcallctl lists {len(formats)}"]
    refused, count = set(), 0
    for format in formats:
        for width, height in VIVID_SIZES:
            rows, refusal = take(machine, "/dev/video0", format, width, height)
            if refusal:
                refused.add(format)
                if "offers" not in refusal:
                    wrong.append(f"vivid {format}: {refusal}")
                continue
            wanted = [picture.y(c) * 3 for c in BARS] if format == "GREY" else BARS
            away = picture.difference(rows, width, height, 8, 1, wanted)
            if away > CLOSE:
                wrong.append(f"vivid {format} {width}x{height}: {away} away")
            count += 1
    if refused != REFUSED:
        wrong.append(f"refused are {sorted(refused)}")
    return wrong, count


def scenario(machine, school):
    machine.boot("systemd.mask=rollcalld.service")
    loopback_wrong, loopback_count = loopback(machine)
    vivid_wrong, vivid_count = vivid(machine)
    wrong = loopback_wrong + vivid_wrong
    if wrong:
        raise Failure("\n    ".join([f"{len(wrong)} things are wrong:", *wrong]))
    return f"{loopback_count} pictures through the loopback, {vivid_count} through vivid; {len(REFUSED)} formats refused"
