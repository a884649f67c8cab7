"""A picture that is known, in the pixel formats of cameras, and PNG files read back. Only Python's own library."""

import ctypes
import struct
import zlib

# Twelve colours, each with a luma of its own, in a grid of four by three.
COLUMNS, ROWS = 4, 3
CELLS = [(235, 235, 235), (200, 60, 60), (60, 180, 70), (50, 70, 200),
         (220, 200, 60), (20, 20, 20), (60, 190, 190), (190, 80, 180),
         (120, 120, 120), (240, 150, 90), (90, 60, 40), (160, 220, 160)]


def yuv(rgb):
    """BT.601 of the range of video."""
    r, g, b = rgb
    return (round(16 + 0.2568 * r + 0.5041 * g + 0.0979 * b),
            round(128 - 0.1482 * r - 0.2910 * g + 0.4392 * b),
            round(128 + 0.4392 * r - 0.3678 * g - 0.0714 * b))


def rows_of(width, height, cell, across=1, down=1):
    """Rows of bytes; `cell` turns a colour into the bytes of `across` pixels; one row stands for `down` rows."""
    result = []
    for row in range(0, height, down):
        colours = [CELLS[row * ROWS // height * COLUMNS + column] for column in range(COLUMNS)]
        result.append(b"".join(bytes(cell(colour)) * (width // COLUMNS // across) for colour in colours))
    return b"".join(result)


def jpeg(width, height):
    turbo = ctypes.CDLL("libturbojpeg.so.0")
    turbo.tjInitCompress.restype = ctypes.c_void_p
    rgb, out, size = rows_of(width, height, lambda c: c), ctypes.c_void_p(), ctypes.c_ulong()
    rgb_format, sampling_422, quality = 0, 1, 90
    failed = turbo.tjCompress2(ctypes.c_void_p(turbo.tjInitCompress()), rgb, width, 0, height, rgb_format,
                               ctypes.byref(out), ctypes.byref(size), sampling_422, quality, 0)
    assert not failed
    return ctypes.string_at(out.value, size.value)


def y(c):
    return yuv(c)[:1]


def u(c):
    return yuv(c)[1:2]


def v(c):
    return yuv(c)[2:]


# What the loopback can offer: the bytes of a picture of width x height. It does not know NV21, which vivid has.
FORMATS = {
    "YUYV": lambda w, h: rows_of(w, h, lambda c: y(c) + u(c) + y(c) + v(c), 2),
    "UYVY": lambda w, h: rows_of(w, h, lambda c: u(c) + y(c) + v(c) + y(c), 2),
    "NV12": lambda w, h: rows_of(w, h, y) + rows_of(w, h, lambda c: u(c) + v(c), 2, 2),
    "YU12": lambda w, h: rows_of(w, h, y) + rows_of(w, h, u, 2, 2) + rows_of(w, h, v, 2, 2),
    "YV12": lambda w, h: rows_of(w, h, y) + rows_of(w, h, v, 2, 2) + rows_of(w, h, u, 2, 2),
    "GREY": lambda w, h: rows_of(w, h, y),
    "RGB3": lambda w, h: rows_of(w, h, lambda c: c),
    "BGR3": lambda w, h: rows_of(w, h, lambda c: c[::-1]),
    "MJPG": jpeg,
    "JPEG": jpeg,
}


def expected(format):
    """The cells as they should be seen. Grey ones have the luma as it is, without a range that the format could tell."""
    return [y(c) * 3 for c in CELLS] if format == "GREY" else CELLS


def png(data):
    """(width, height, rows of RGB) of an 8-bit RGB PNG file."""
    at, idat = 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
            assert (depth, colour) == (8, 2), "not 8-bit RGB"
        idat += body if kind == b"IDAT" else b""
        at += 12 + length
    raw, line, rows = zlib.decompress(idat), width * 3, []
    above = bytearray(line)
    for row in range(height):
        kind, current = raw[row * (line + 1)], bytearray(raw[row * (line + 1) + 1:(row + 1) * (line + 1)])
        for i in range(line if kind else 0):
            a, b, c = current[i - 3] if i >= 3 else 0, above[i], above[i - 3] if i >= 3 else 0
            if kind == 4:
                p = a + b - c
                predicted = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            else:
                predicted = (a, b, (a + b) // 2)[kind - 1]
            current[i] = (current[i] + predicted) & 255
        rows.append(current)
        above = current
    return width, height, rows


def middle(rows, left, top, right, bottom):
    """The mean colour of the inner half of a rectangle."""
    across, down = (right - left) // 4, (bottom - top) // 4
    total, count = [0, 0, 0], 0
    for row in rows[top + down:bottom - down]:
        for x in range(left + across, right - across, 3):
            total = [t + value for t, value in zip(total, row[x * 3:x * 3 + 3])]
            count += 1
    return tuple(round(t / count) for t in total)


def difference(rows, width, height, columns, lines, wanted):
    """The largest difference of a cell's mean colour from what it should be, in any channel."""
    worst = 0
    for index, colour in enumerate(wanted):
        column, line = index % columns, index // columns
        seen = middle(rows, width * column // columns, height * line // lines,
                      width * (column + 1) // columns, height * (line + 1) // lines)
        worst = max(worst, *(abs(a - b) for a, b in zip(seen, colour)))
    return worst
