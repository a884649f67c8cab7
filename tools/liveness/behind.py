"""What an attack is shown before: a room, or a clip's person and room, and often whoever holds it."""

import numpy

from camera import FOCAL, HEIGHT, WIDTH
from clips import FramedClip
from scene import room
from visit import Bystander


class Behind:
    """Who holds it, or where it stands: a room, or a clip's person and room."""

    def __init__(self, random, clips, distance):
        """- distance: metres to what is held before it; None where it stands by itself."""
        self.room = room(random)
        self.holder = None
        if clips and random.random() < 0.4:
            self.holder = FramedClip(random, clips[random.integers(len(clips))], is_faceless=True)
        self.body = None
        if distance and not self.holder and random.random() < 0.5:
            # Whoever holds it stands an arm's length behind.
            size = 0.16 * FOCAL / (distance + random.uniform(0.25, 0.55))
            place = random.uniform([0.2, 0.2], [0.8, 0.5]) * [WIDTH, HEIGHT]
            self.body = Bystander(random, random.uniform(-0.5, 0.0), size, place)

    def face_centre(self, distance):
        """Where the holder's face is, on a plane at this distance, in metres: the attack covers it."""
        if not self.holder:
            return None
        x = self.holder.place[0] if not self.holder.mirrored else WIDTH - self.holder.place[0]
        return numpy.array([x - WIDTH / 2, self.holder.place[1] - HEIGHT / 2]) * distance / FOCAL

    def at(self, seconds, share, arrived=1.0, visit=None):
        """The scene of a moment, to draw on."""
        if self.holder:
            return self.holder.at(seconds, share, arrived, visit).copy()
        scene = self.room.copy()
        if visit:
            scene = visit.behind(scene, seconds)
        going = arrived if visit and visit.after else 1.0
        return self.body.over(scene, seconds, most=going) if self.body else scene
