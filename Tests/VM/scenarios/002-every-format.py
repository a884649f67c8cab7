"""Each pixel format that the loopback and vivid can offer gives the known picture at two sizes, natively or through libv4l."""

import io
import json
import tarfile

from machine import Failure
import picture

SIZES = [(320, 240), (640, 480)]
# vivid's own sizes, and its bars: white, yellow, cyan, green, magenta, red, blue, black at 75 %.
VIVID_SIZES = [(320, 180), (640, 360)]
BARS = [(191, 191, 191), (191, 191, 0), (0, 191, 191), (0, 191, 0), (191, 0, 191), (191, 0, 0), (0, 0, 191), (0, 0, 0)]
# What rounding and JPEG may cost.
CLOSE = 8
# vivid makes the luma of these by Rec. 709 over the whole range; a luma without colour is taken as it is.
LUMA_ONLY = ("GREY", "Y16", "Y16-BE")
# What neither we nor libv4l can convert, or libv4l only beyond the ends of its buffers; no webcam offers them. Each must be
# refused, and nothing else may be.
REFUSED = set("""
    422P AB12 AB15 AB24 AR12 AR15 AR15-BE AYUV BA12 BA15 BG12 BGRH BX12 BX15 GA12 GB12 HSV3 HSV4 NV24 NV42 R444 RA12 RA15 RA24
    RG12 RGB1 RGBO RGBP RGBQ RGBR RX12 RX15 RX24 VUYA VUYX VYUY XB12 XB15 XB24 XR12 XR15 XR15-BE XYUV Y10 Y12 Y444 YUV4 YUVA
    YUVO YUVP YUVX""".split())


def shots(machine, device, wanted):
    """The pictures that the terminal takes, or the words with which it refuses, by (format, width, height)."""
    commands = "".join(f"shot '{format}' {width}x{height}\n" for format, width, height in wanted)
    machine.run("rm -rf /run/shots; mkdir /run/shots; shot() { rollcallctl camera --device " + device + " --format \"$1\" --size $2 "
                "--picture /run/shots/$1-$2.png >/dev/null 2>/run/shots/$1-$2.txt; }\n" + commands + "true", timeout=900)
    files = tarfile.open(fileobj=io.BytesIO(machine.ssh("tar -C /run/shots -cf - .").stdout))
    taken = {member.name[2:]: files.extractfile(member).read() for member in files if member.isfile()}
    return {(format, width, height): (taken.get(f"{format}-{width}x{height}.png"), taken[f"{format}-{width}x{height}.txt"].decode())
            for format, width, height in wanted}


def judge(name, shot, width, height, columns, lines, colours):
    """What is wrong with a picture, or None."""
    image, words = shot
    if image is None:
        return f"{name}: {words.strip()}"
    found_width, found_height, rows = picture.png(image)
    if (found_width, found_height) != (width, height):
        return f"{name}: {found_width}x{found_height} instead of {width}x{height}"
    away = picture.difference(rows, width, height, columns, lines, colours)
    return f"{name} {width}x{height}: {away} away" if away > CLOSE else None


def loopback(machine):
    wrong, count = [], 0
    for format, encode in picture.FORMATS.items():
        for width, height in SIZES:
            machine.write("/run/frame", encode(width, height))
            machine.run("systemctl -q stop feed; systemd-run -q --unit feed -- /usr/bin/python3 /opt/rollcall/feed.py "
                        f"/dev/video10 /run/frame --raw {format} {width} {height} --rate 5 --times 0; "
                        # It captures nothing until something is fed.
                        "for turn in $(seq 50); do v4l2-ctl -d /dev/video10 --get-fmt-video >/dev/null 2>&1 && break; sleep 0.2; done")
            shot = shots(machine, "/dev/video10", [(format, width, height)])[format, width, height]
            wrong.append(judge(f"loopback {format}", shot, width, height, picture.COLUMNS, picture.ROWS,
                               picture.expected(format)))
            count += 1
    machine.run("systemctl -q stop feed")
    return [each for each in wrong if each], count


def luma(rgb):
    return (round(0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]),) * 3


def vivid(machine):
    machine.run("modprobe vivid n_devs=1 node_types=0x1 num_inputs=1 input_types=0 multiplanar=1 vid_cap_nr=0; udevadm settle; "
                "v4l2-ctl -d /dev/video0 -c test_pattern=0,osd_text_mode=2")
    offered = json.loads(machine.run("rollcallctl camera --device /dev/video0 --json"))
    formats = list(dict.fromkeys(mode["format"] for mode in offered))
    listed = int(machine.run("v4l2-ctl -d /dev/video0 --list-formats | grep -c \"'\""))
    wrong = [] if listed == len(formats) else [f"vivid offers {listed} formats, rollcallctl lists {len(formats)}"]
    taken = shots(machine, "/dev/video0", [(format, *size) for format in formats for size in VIVID_SIZES])
    refused = {format for (format, _, _), (_, words) in taken.items() if "offers" in words}
    for (format, width, height), shot in taken.items():
        if format not in refused:
            colours = [luma(c) for c in BARS] if format in LUMA_ONLY else BARS
            wrong.append(judge(f"vivid {format}", shot, width, height, 8, 1, colours))
    if refused != REFUSED:
        wrong.append(f"refused are {sorted(refused)}")
    return [each for each in wrong if each], len(taken) - len(refused) * len(VIVID_SIZES)


def scenario(machine, school):
    machine.boot("systemd.mask=rollcalld.service")
    loopback_wrong, loopback_count = loopback(machine)
    vivid_wrong, vivid_count = vivid(machine)
    wrong = loopback_wrong + vivid_wrong
    if wrong:
        raise Failure("\n    ".join([f"{len(wrong)} things are wrong:", *wrong]))
    return f"{loopback_count} pictures through the loopback, {vivid_count} through vivid; {len(REFUSED)} formats refused"
