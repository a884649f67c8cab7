"""What an attacker shows: paper, a phone, a tablet or monitor. Each is a plane in space with a picture on it; the picture's
place on the plane, the plane's place before the camera and what lies around the picture are in metres.
"""

import cv2
import numpy

from behind import Behind
from camera import FOCAL, HEIGHT, WIDTH
from medium import Medium
from plane import Plane, inside, pixels_to_plane, region, sampled
from shown import Shown
from visit import Shadow


class Attack:
    """A plane with a picture before a place. `kind` decides the rest."""

    kinds = ("print", "print-cut", "phone", "tablet", "monitor")

    def __init__(self, random, kind, person, clips):
        self.kind = kind
        is_screen = kind in ("phone", "tablet", "monitor")
        self.shown = Shown(random, kind, person)
        (height, width), self.face = self.shown.size, self.shown.face
        face_metres = self.measure(random, width)
        self.scale = face_metres / self.face[2]
        self.half = numpy.array([width, height]) * self.scale / 2
        steadiness = {"print": 1, "print-cut": 1, "phone": 1, "tablet": 0.6}.get(kind, 0)
        if kind == "tablet" and random.random() < 0.5:
            steadiness = 0
        self.plane = Plane(random, face_metres, steadiness)
        self.behind = Behind(random, clips, self.plane.distance if steadiness else None)
        offset = (numpy.array(self.face[:2]) - [width / 2, height / 2]) * self.scale
        self.plane.centre = self.plane.centre - offset
        if random.random() < 0.7 and self.behind.holder:
            self.plane.centre = self.behind.face_centre(self.plane.distance) - offset
        self.surroundings(random)
        self.medium, self.shadow = Medium(random, is_screen), Shadow(random)
        # A screen that stands is dark until it is in its place: some have stood there before anybody looked.
        self.is_put = steadiness == 0
        self.has_stood = self.is_put and random.random() < 0.4
        self.way = self.plane.outside(random, self.half + self.around)
        skin = (numpy.array([120, 150, 200]) * random.uniform(0.35, 1.1)).tolist()
        count = int(random.integers(0, 4))
        self.fingers = [(random.choice([-1, 1]), random.uniform(-0.9, 0.9), skin) for _ in range(count)]

    def measure(self, random, width):
        """Width of the shown face in metres."""
        if self.kind.startswith("print"):
            return random.uniform(0.07, 0.16)
        # The picture fills the screen's width.
        wide = {"phone": (0.06, 0.078), "tablet": (0.13, 0.24), "monitor": (0.4, 0.62)}[self.kind]
        return random.uniform(*wide) * self.face[2] / width

    def surroundings(self, random):
        """Margin or bezel around the picture, metres on each side, and its colour."""
        least = self.half.min()
        self.bend = 0.0
        if self.kind.startswith("print"):
            has_margin = random.random() < 0.6
            margin = random.uniform(0.01, 0.35) * least if has_margin else 0.0
            self.around = numpy.array([margin, margin * random.uniform(0.5, 2)])
            self.colour = random.uniform(185, 245) * (1 + random.uniform(-0.04, 0.04, 3))
            self.bend = random.uniform(-1, 1) * 0.35 if random.random() < 0.4 else 0.0
        else:
            thickness = {"phone": (0.03, 0.12), "tablet": (0.05, 0.14), "monitor": (0.02, 0.08)}[self.kind]
            self.around = random.uniform(*thickness) * least * random.uniform([0.7, 0.7], [1, 2.2])
            self.colour = numpy.full(3, random.uniform(2, 40) if random.random() < 0.75 else random.uniform(150, 235))

    def at(self, seconds, share, arrived=1.0, visit=None):
        scene = self.behind.at(seconds, share, arrived, visit)
        # What is put somewhere lights up in its place, in the last part of its coming.
        carried = min(1.0, arrived / 0.7) if self.is_put else arrived
        brightness = max(0.0, arrived - 0.7) / 0.3 if self.is_put else 1.0
        away = numpy.zeros(3) if self.has_stood else (1 - carried) * self.way
        if carried <= 0 and not self.has_stood:
            return scene
        homography = self.plane.homography(seconds, share, away)
        body = self.half + self.around
        rows, columns = region(homography, body)
        if rows.stop - rows.start < 3 or columns.stop - columns.start < 3:
            return scene
        u, v = pixels_to_plane(homography, rows, columns)
        if self.bend:
            # Paper that is bent about an upright axis: its sides are nearer than they would be.
            u = u * (1 + self.bend * (u / self.half[0]).clip(-1.5, 1.5) ** 2)
        soft = self.plane.distance / FOCAL
        picture = sampled(self.shown.at(seconds), u, v, *self.half, self.shown.shrunk)
        shown = self.medium.shows(picture, u, v, rows, seconds, brightness)
        screen = inside(u, v, *self.half, soft)
        surface = self.colour.astype(numpy.float32) * (1 - screen) + shown * screen
        self.medium.reflect(surface, u, v, body, rows, columns, seconds)
        mask = inside(u, v, *body, soft)
        if self.shadow.strength:
            whole = numpy.zeros((HEIGHT, WIDTH), numpy.float32)
            whole[rows, columns] = mask[..., 0]
            scene = self.shadow.on(scene, whole)
        if self.kind == "print-cut":
            mask = mask * (1 - self.eye_holes(u, v))
        scene[rows, columns] = scene[rows, columns] * (1 - mask) + surface * mask
        if self.plane.hand:
            self.draw_fingers(scene, homography)
        return scene

    def draw_fingers(self, scene, homography):
        """Ends of fingers on the medium's sides."""
        body = self.half + self.around
        for x, y, colour in self.fingers:
            place = homography @ [x * body[0], y * body[1], 1]
            size = 0.01 * FOCAL / self.plane.distance
            centre = (int(place[0] / place[2]), int(place[1] / place[2]))
            if all(abs(c) < 4000 for c in centre):
                cv2.ellipse(scene, centre, (int(2.2 * size), int(0.9 * size) + 1), 0, 0, 360, colour, -1, cv2.LINE_AA)

    def eye_holes(self, u, v):
        """1 where the eyes are cut out."""
        height, width = self.shown.size
        holes = 0
        for side in (-0.19, 0.19):
            x = (self.face[0] + side * self.face[2] - width / 2) * self.scale
            y = (self.face[1] - 0.1 * self.face[2] - height / 2) * self.scale
            size = self.face[2] * self.scale
            holes = holes + (((u - x) / (0.12 * size)) ** 2 + ((v - y) / (0.06 * size)) ** 2 < 1)
        return holes.astype(numpy.float32)[..., None]
