"""A plane in space with a picture on it, and how a pinhole camera (Hartley & Zisserman, Multiple View Geometry, 2nd ed.,
section 6.1) sees it. Places on it are in metres.
"""

import cv2
import numpy

from camera import FOCAL, HEIGHT, WIDTH
from motion import Hand, rotation


class Plane:
    """A plane at a distance, turned and moved by a hand; maps its metres to pixels."""

    def __init__(self, random, face_metres, steadiness, centre=None):
        self.hand = Hand(random, steadiness) if steadiness else None
        face_pixels = random.uniform(75, 190)
        self.distance = FOCAL * face_metres / face_pixels
        self.centre = random.uniform([-0.2, -0.12], [0.2, 0.1]) * self.distance if centre is None else centre
        tilt = numpy.radians(random.uniform(0, 14))
        self.turn = random.normal(0, 1, 3) * [tilt / 2, tilt / 2, tilt / 5]
        self.approach = random.uniform(0.05, 0.35) if steadiness and random.random() < 0.4 else 0.0

    def outside(self, random, body):
        """A way in metres that leads the plane out of sight to a side or down; `body` is half of its size."""
        side, down = random.choice([-1.0, 1.0]), random.random() < 0.4 and self.hand is not None
        view = numpy.array([WIDTH, HEIGHT]) / (2 * FOCAL) * self.distance + 1.1 * body
        if down:
            return numpy.array([0.0, view[1] - self.centre[1], 0.0])
        return numpy.array([side * view[0] - self.centre[0], 0.0, 0.0])

    def homography(self, seconds, share, away=numpy.zeros(3)):
        """- away: how far it is from its place, in metres."""
        place, turn = self.hand.at(seconds) if self.hand else (numpy.zeros(3), numpy.zeros(3))
        axes = rotation(self.turn + turn)
        # What is held nearer wanders as far in metres.
        origin = numpy.array([*self.centre, self.distance * (1 + self.approach * (1 - share))]) + place + away
        camera = numpy.array([[FOCAL, 0, WIDTH / 2], [0, FOCAL, HEIGHT / 2], [0, 0, 1]])
        return camera @ numpy.column_stack([axes[:, 0], axes[:, 1], origin])


def region(homography, half):
    """Rows and columns of the frame in which a rectangle of the plane lies, with a little more."""
    corners = numpy.array([[x * half[0], y * half[1], 1] for x in (-1, 1) for y in (-1, 1)]).T
    x, y, w = homography @ corners
    x, y = x / w, y / w
    rows = slice(int(numpy.clip(y.min() - 3, 0, HEIGHT - 2)), int(numpy.clip(y.max() + 4, 2, HEIGHT)))
    return rows, slice(int(numpy.clip(x.min() - 3, 0, WIDTH - 2)), int(numpy.clip(x.max() + 4, 2, WIDTH)))


def pixels_to_plane(homography, rows, columns):
    """For each pixel of a part of the frame the place on the plane, in metres."""
    y, x = numpy.mgrid[rows, columns].astype(numpy.float64)
    inverse = numpy.linalg.inv(homography)
    w = inverse[2, 0] * x + inverse[2, 1] * y + inverse[2, 2]
    u = (inverse[0, 0] * x + inverse[0, 1] * y + inverse[0, 2]) / w
    v = (inverse[1, 0] * x + inverse[1, 1] * y + inverse[1, 2]) / w
    return u, v


def inside(u, v, half_width, half_height, soft):
    """1 within the rectangle, 0 outside, with an edge of about a pixel."""
    near = numpy.minimum(half_width - abs(u), half_height - abs(v))
    return (near / soft + 0.5).clip(0, 1).astype(numpy.float32)[..., None]


def sampled(picture, u, v, half_width, half_height, shrunk=None):
    """The picture, stretched over the rectangle, at each pixel; filtered as far as it is made smaller.

    - shrunk: a dictionary in which a still picture's smaller versions are kept.
    """
    height, width = picture.shape[:2]
    x = ((u / half_width + 1) / 2 * width - 0.5).astype(numpy.float32)
    y = ((v / half_height + 1) / 2 * height - 0.5).astype(numpy.float32)
    step = float(numpy.median(abs(numpy.diff(x[x.shape[0] // 2]))))
    if step > 1.2:
        # In steps of an eighth of an octave; means of whole pixels first.
        step = 2 ** (round(8 * numpy.log2(step)) / 8)
        small = None if shrunk is None else shrunk.get(step)
        if small is None:
            whole = max(1, int(step / 1.2))
            size = max(8, width // whole), max(8, height // whole)
            small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
            small = cv2.GaussianBlur(small, (0, 0), 0.4 * step * size[0] / width)
            if shrunk is not None:
                shrunk[step] = small
        x = (x + 0.5) * (small.shape[1] / width) - 0.5
        y = (y + 0.5) * (small.shape[0] / height) - 0.5
        picture = small
    return cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def cropped(picture, face, across, down, up):
    """The part around a face: `across` widths of the face to each side, `up` above and `down` below its middle."""
    x, y, size = face
    height, width = picture.shape[:2]
    left, right = int(max(0, x - across * size)), int(min(width, x + across * size))
    top, bottom = int(max(0, y - up * size)), int(min(height, y + down * size))
    return picture[top:bottom, left:right], (x - left, y - top, size)
