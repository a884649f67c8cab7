"""Clips of living people, framed anew."""

import cv2
import numpy

from camera import HEIGHT, WIDTH


def silhouette(clip):
    """Where the person of a clip is or may be, 0 to 1, and the clip's place without the person: its median, filled in
    from the sides where the person stands. Made once for each clip."""
    if clip.silhouette is None:
        height, width = clip.frames[0].shape[:2]
        scale = 120 / height
        small = [cv2.resize(f, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) for f in clip.frames[::5]]
        x, y, size = (value * scale for value in clip.face)
        mask = numpy.zeros(small[0].shape[:2], numpy.uint8)
        cv2.ellipse(mask, (int(x), int(y)), (int(0.75 * size), int(0.95 * size)), 0, 0, 360, 255, -1)
        cv2.rectangle(mask, (int(x - 1.7 * size), int(y + 0.75 * size)), (int(x + 1.7 * size), len(mask)), 255, -1)
        # Hands that go anywhere.
        moving = numpy.abs(numpy.array(small, numpy.float32) - numpy.median(small, axis=0)).max(axis=(0, 3)) > 25
        mask |= cv2.dilate(255 * moving.astype(numpy.uint8), numpy.ones((5, 5)))
        filled = cv2.inpaint(numpy.median(small, axis=0).astype(numpy.uint8), mask, 5, cv2.INPAINT_TELEA)
        filled = cv2.resize(filled, (width, height), interpolation=cv2.INTER_CUBIC).astype(numpy.float32)
        soft = cv2.GaussianBlur(cv2.resize(mask, (width, height)).astype(numpy.float32) / 255, (0, 0), 4)
        clip.silhouette = soft[..., None], filled
    return clip.silhouette


class FramedClip:
    """A clip, framed anew: nearer or not, moved, mirrored. It stays as it is framed: to enlarge it on the way would take
    the wall along with the face, as no camera at a door sees it."""

    kind = "clip"

    def __init__(self, random, clip, is_faceless=False):
        self.clip, self.is_faceless = clip, is_faceless
        self.start, self.direction = random.uniform(0, 2 * len(clip.frames)), random.choice([-1, 1])
        self.mirrored = random.random() < 0.5
        self.scale = random.uniform(1.0, 2.0)
        self.place = random.uniform([0.3, 0.25], [0.7, 0.6]) * [WIDTH, HEIGHT]

    def move(self):
        """Where the clip's pixels lie in the frame, before it is mirrored."""
        height, width = self.clip.frames[0].shape[:2]
        scale = self.scale
        x, y = self.clip.face[0] * scale, self.clip.face[1] * scale
        # Never beyond the clip's own border.
        left = numpy.clip(self.place[0] - x, WIDTH - width * scale, 0) if scale > 1 else 0
        top = numpy.clip(self.place[1] - y, HEIGHT - height * scale, 0) if scale > 1 else 0
        return numpy.array([[scale, 0, left], [0, scale, top]], numpy.float32)

    def without_face(self, frame):
        x, y, size = self.clip.face
        left, top = int(max(0, x - size)), int(max(0, y - size))
        frame = frame.copy()
        part = frame[top : int(y + size), left : int(x + size)]
        height, width = part.shape[:2]
        mask = numpy.zeros((height, width), numpy.float32)
        cv2.ellipse(mask, (int(x - left), int(y - top)), (int(0.7 * size), int(0.8 * size)), 0, 0, 360, 1, -1)
        mask = cv2.GaussianBlur(mask, (0, 0), 0.08 * size)[..., None]
        few = max(3, round(2 * width / size)), max(3, round(2 * height / size))
        blurred = cv2.resize(cv2.resize(part, few, interpolation=cv2.INTER_AREA), (width, height))
        part[:] = part * (1 - mask) + blurred * mask
        return frame

    def at(self, seconds, share, arrived=1.0, visit=None):
        """- arrived: the person comes in as a fade: cut out against the wall behind, it would carry that wall along."""
        frame = self.clip.at(seconds, self.start, self.direction)
        if self.is_faceless:
            # Whoever holds an attack up looks away: a stream of an attack shows no other face.
            frame = self.without_face(frame)
        if arrived < 1:
            mask, empty = silhouette(self.clip)
            frame = frame + (1 - arrived) * mask * (empty - frame)
        move = self.move()
        scene = cv2.warpAffine(
            frame, move, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT).astype(numpy.float32)
        scene = scene[:, ::-1] if self.mirrored else scene
        if visit is None:
            return scene
        # The person is not cut out: others stand beside and before, not behind.
        x = move[0, 0] * self.clip.face[0] + move[0, 2]
        return visit.behind(scene, seconds, (WIDTH - x if self.mirrored else x, move[0, 0] * self.clip.face[2]))
