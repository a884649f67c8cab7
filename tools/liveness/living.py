"""Living people made of portraits, which are given depth, turns of the head, blinks and a mouth that moves, before a
place of their own.

A portrait that moves so is no living person. It is there for what clips of five people cannot show: other hair, other
faces, other rooms. Figures are stated for clips and for portraits apart.
"""

import cv2
import numpy

from camera import HEIGHT, WIDTH
from motion import Sway
from scene import room
from visit import Shadow


class Puppet:
    """A portrait with depth before a room. Turns are the parallax of an ellipsoid with a nose."""

    kind = "puppet"

    def __init__(self, random, portrait):
        self.portrait = portrait
        self.room = room(random)
        self.face_width = random.uniform(70, 190)
        self.place = random.uniform([0.35, 0.3], [0.65, 0.5]) * [WIDTH, HEIGHT]
        self.approach = random.uniform(0.1, 0.45) if random.random() < 0.5 else 0.0
        walk = random.uniform(2, 25)
        self.walk = [Sway(random, walk), Sway(random, walk * 0.4, 0.5, 2)]
        # Some cross the scene.
        self.crossing = random.uniform(-260, 260) if random.random() < 0.4 else 0.0
        self.yaw = Sway(random, numpy.radians(random.uniform(1.5, 10)))
        self.pitch = Sway(random, numpy.radians(random.uniform(1.0, 6)))
        self.roll = Sway(random, random.uniform(0.5, 4))
        self.mouth = Sway(random, random.choice([0.0, random.uniform(0.01, 0.05)]), 1, 4)
        self.blink_at = random.uniform(0, 4)
        # Comes in from one side.
        self.entrance = random.choice([-1.0, 1.0]) * (WIDTH + self.face_width)
        self.shadow, self.bag = Shadow(random), Bag(random) if random.random() < 0.25 else None
        # At about the size in which it is seen, with a body below that reaches out of the picture.
        cx, cy, size = portrait.face
        self.size = min(size, 1.15 * self.face_width)
        scale = self.size / size
        layer = numpy.dstack([portrait.picture.astype(numpy.float32), 255 * portrait.alpha()])
        layer = cv2.resize(layer, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        self.layer = cv2.copyMakeBorder(layer, 0, int(4.5 * self.size), 0, 0, cv2.BORDER_REPLICATE)
        height, width = self.layer.shape[:2]
        self.y, self.x = numpy.mgrid[0:height, 0:width].astype(numpy.float32)
        self.cx, self.cy = cx * scale, cy * scale
        u, v = (self.x - self.cx) / self.size, (self.y - self.cy) / self.size
        shoulder = 0.6 + random.uniform(0.45, 0.7) * numpy.sqrt(((v - 0.75) / 0.75).clip(0, 1))
        side = min(self.cx, width - self.cx) / self.size
        shoulder = numpy.minimum(shoulder, numpy.maximum(side - 0.02, 0.6))
        self.layer[..., 3] *= numpy.where(v > 0.75, ((shoulder - abs(u)) * self.size / 2 + 0.5).clip(0, 1), 1)
        head = numpy.sqrt(numpy.maximum(0, 1 - (u / 0.62) ** 2 - ((v + 0.05) / 0.85) ** 2))
        nose = numpy.exp(-((u / 0.1) ** 2) - ((v - 0.1) / 0.13) ** 2)
        self.depth = self.size * (0.5 * head + 0.14 * nose)
        self.jaw = self.size * numpy.exp(-((u / 0.3) ** 2) - ((v - 0.48) / 0.13) ** 2)
        self.lids = 0.075 * self.size * sum(
            numpy.exp(-(((u - side) / 0.1) ** 4) - ((v + 0.1) / 0.05) ** 4) for side in (-0.19, 0.19))

    def at(self, seconds, share, arrived=1.0, visit=None):
        scene = (visit.behind(self.room, seconds) if visit else self.room).copy()
        if arrived <= 0:
            return scene
        x = self.x - numpy.tan(self.yaw.at(seconds)) * self.depth
        y = self.y - numpy.tan(self.pitch.at(seconds)) * self.depth
        y -= abs(self.mouth.at(seconds)) * self.jaw
        closed = max(0.0, 1 - abs(seconds - self.blink_at) / 0.13)
        if closed:
            y -= closed * self.lids
        layer = cv2.remap(self.layer, x.astype(numpy.float32), y.astype(numpy.float32), cv2.INTER_LINEAR)
        scale = self.face_width / self.size * (1 - self.approach * (1 - share))
        px, py = self.place + [self.walk[0].at(seconds) + self.crossing * (share - 0.5), self.walk[1].at(seconds)]
        px += (1 - arrived) * self.entrance
        move = cv2.getRotationMatrix2D((self.cx, self.cy), self.roll.at(seconds), scale)
        move[:, 2] += [px - self.cx, py - self.cy]
        seen = cv2.warpAffine(layer, move, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)
        alpha = seen[..., 3:] / 255
        scene = self.shadow.on(scene, alpha[..., 0])
        if self.bag:
            self.bag.draw(scene, px, py, scale * self.size)
        return scene * (1 - alpha) + seen[..., :3] * alpha


class Bag:
    """Something that is carried at one side: a rucksack over the shoulder, seldom a case as high as the head."""

    def __init__(self, random):
        self.side = random.choice([-1.0, 1.0])
        self.inner, self.outer = random.uniform(0.4, 0.7), random.uniform(0.9, 1.4)
        self.top = random.uniform(0.2, 0.9) if random.random() < 0.8 else random.uniform(-1.0, 0.2)
        self.colour = random.uniform(10, 230, 3).tolist()

    def draw(self, scene, x, y, size):
        corners = [(self.inner, self.top), (self.outer, self.top), (self.outer, self.top + 1.4), (self.inner, self.top + 1.4)]
        places = numpy.array([[x + self.side * u * size, y + v * size] for u, v in corners])
        cv2.fillConvexPoly(scene, (16 * places).astype(numpy.int32), self.colour, cv2.LINE_AA, shift=4)
