"""The people of a folder: one folder each, with portraits (JPEG, PNG) or clips (MKV, MP4, WebM), or both.

Faces are found by OpenCV's Haar cascade: it says where a portrait's face lies, nothing more.
"""

from pathlib import Path

import cv2
import numpy

PORTRAITS = {".jpg", ".jpeg", ".png"}
CLIPS = {".mkv", ".mp4", ".webm"}
CASCADE = cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / "haarcascade_frontalface_alt2.xml"))


def face_of(picture):
    """Centre x, centre y and width of the largest face in pixels; None where there is none."""
    scale = min(1.0, 320 / picture.shape[0])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    faces = CASCADE.detectMultiScale(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), 1.1, 4, minSize=(36, 36))
    if len(faces) == 0:
        return None
    x, y, width, height = max(faces, key=lambda face: face[2]) / scale
    return x + width / 2, y + height / 2, float(width)


class Portrait:
    """A photograph, 0 to 1, and its face."""

    def __init__(self, path):
        self.path = path
        self.picture = cv2.imread(str(path))
        self.face = None if self.picture is None else face_of(self.picture)
        self.figure = None

    def is_plain(self):
        """Whether it was taken before a plain wall, so that the person can be cut out."""
        top = cv2.GaussianBlur(self.picture, (0, 0), 3)[: max(4, int(0.06 * self.picture.shape[0]))]
        return float(top.reshape(-1, 3).std(axis=0).max()) < 18

    def alpha(self):
        """Which part of the photograph is the person: 1, elsewhere 0, with a soft edge (GrabCut, Rother et al. 2004)."""
        if self.figure is None:
            height, width = self.picture.shape[:2]
            scale = 240 / height
            small = cv2.resize(self.picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            mask = numpy.full(small.shape[:2], cv2.GC_PR_FGD, numpy.uint8)
            x, y, size = (value * scale for value in self.face)
            mask[: max(2, int(y - size))] = cv2.GC_BGD
            mask[: int(y + 0.4 * size), : int(max(2, x - 0.95 * size))] = cv2.GC_BGD
            mask[: int(y + 0.4 * size), int(x + 0.95 * size) :] = cv2.GC_BGD
            cv2.ellipse(mask, (int(x), int(y)), (int(size * 0.4), int(size * 0.55)), 0, 0, 360, cv2.GC_FGD, -1)
            mask[int(y + 1.1 * size) :, int(x - 0.6 * size) : int(x + 0.6 * size)] = cv2.GC_FGD
            cv2.setRNGSeed(1)
            cv2.grabCut(small, mask, None, numpy.zeros((1, 65)), numpy.zeros((1, 65)), 3, cv2.GC_INIT_WITH_MASK)
            figure = ((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)).astype(numpy.float32)
            figure = cv2.GaussianBlur(figure, (0, 0), 1.0)
            self.figure = cv2.resize(figure, (width, height), interpolation=cv2.INTER_CUBIC).clip(0, 1)
        return self.figure


class Clip:
    """A clip's frames at its own rate, and the face in its first frames."""

    def __init__(self, path):
        self.path = path
        self.frames = []
        #: Where the person is, and the place without; `clips.silhouette` makes it.
        self.silhouette = None
        capture = cv2.VideoCapture(str(path))
        self.rate = capture.get(cv2.CAP_PROP_FPS) or 30.0
        while True:
            isThere, frame = capture.read()
            if not isThere:
                break
            self.frames.append(frame)
        faces = [face for face in map(face_of, self.frames[::6]) if face]
        self.face = tuple(numpy.median(faces, axis=0)) if faces else None

    def at(self, seconds, start, direction):
        """The frame of a moment; played forwards and backwards in turn, because clips are short."""
        last = len(self.frames) - 1
        place = int(round(start + direction * seconds * self.rate)) % (2 * last)
        return self.frames[place if place <= last else 2 * last - place]


class Person:
    """Somebody's name, portraits and clips."""

    def __init__(self, folder):
        self.name = folder.name
        files = sorted(folder.iterdir())
        self.portraits = [p for p in map(Portrait, (f for f in files if f.suffix.lower() in PORTRAITS)) if p.face]
        self.plain = [portrait for portrait in self.portraits if portrait.is_plain()]
        self.clips = [c for c in map(Clip, (f for f in files if f.suffix.lower() in CLIPS)) if c.face]


def people_of(folder):
    """Everybody in a folder who can be used, in the order of their names."""
    people = [Person(inner) for inner in sorted(Path(folder).iterdir()) if inner.is_dir()]
    return [person for person in people if person.portraits or person.clips]
