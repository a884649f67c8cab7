"""What an attack shows: a photograph, or on a screen somebody who moves."""

import numpy

from clips import FramedClip
from living import Puppet
from people import face_of
from plane import cropped
from scene import Shake


def recording(random, person):
    """Somebody who moves: a clip, or a portrait with depth."""
    if person.clips:
        clip = FramedClip(random, person.clips[random.integers(len(person.clips))])
        clip.mirrored = False
        return clip
    return Puppet(random, person.plain[random.integers(len(person.plain))])


class Shown:
    """A picture of a person, still or moving: `size` is its height and width, `face` the face's centre and width in it."""

    def __init__(self, random, kind, person):
        self.moving = self.shrunk = None
        if kind in ("phone", "tablet", "monitor") and (person.clips or person.plain and random.random() < 0.5):
            self.moving = self.begin(random, kind, recording(random, person))
        if self.moving is None:
            self.still, self.shrunk = self.photograph(random, person), {}

    def begin(self, random, kind, moving):
        """The recording, if a face is found in its first frame."""
        first = moving.at(0, 1)
        self.whole = face_of(first.astype(numpy.uint8))
        if self.whole is None:
            return None
        self.shake = Shake(random, 0.3)
        self.crop = random.uniform([0.9, 1.0, 0.9], [1.8, 2.6, 1.6])
        if kind == "monitor" and random.random() < 0.4:
            self.crop = (9, 9, 9)
        part, self.face = cropped(first, self.whole, *self.crop)
        self.size = part.shape[:2]
        return moving

    def photograph(self, random, person):
        if person.portraits:
            portrait = person.portraits[random.integers(len(person.portraits))]
            picture, face = portrait.picture, portrait.face
        else:
            clip = person.clips[random.integers(len(person.clips))]
            picture, face = clip.frames[int(random.integers(len(clip.frames)))], clip.face
        part, self.face = cropped(picture, face, *random.uniform([0.62, 0.75, 0.75], [1.6, 2.2, 1.5]))
        self.size = part.shape[:2]
        return part.astype(numpy.float32)

    def at(self, seconds):
        """The picture of a moment."""
        if self.moving is None:
            return self.still
        return cropped(self.shake.of(self.moving.at(seconds, 1), seconds), self.whole, *self.crop)[0]
