"""Plays the sample arrival stream into a terminal's standard input as a camera would: a frame that the terminal is not ready
for when the next one is due is lost, and counted."""

import os
import select
import threading
import time
from pathlib import Path


class Camera:
    def __init__(self, stream: Path):
        data = stream.read_bytes()
        end = data.index(b"\n") + 1
        self.header = data[:end]
        words = self.header.split()
        width, height, self.rate = (int(word[1:].split(b":")[0]) for word in words[1:4])
        step = len(b"FRAME\n") + width * height * 3 // 2
        self.frames = [data[at:at + step] for at in range(end, len(data) - step + 1, step)]
        self.played = self.missed = 0
        self.still = threading.Event()

    def play(self, terminal, between=lambda number: None):
        """One pass of the stream; `between` is called before each frame. While `still` is set no frame comes."""
        due = time.monotonic()
        for number, frame in enumerate(self.frames):
            between(number)
            due = max(due + 1 / self.rate, time.monotonic() - 1)
            time.sleep(max(0, due - time.monotonic()))
            if self.still.is_set():
                continue
            self.played += 1
            if not self.write(terminal.frames_in(self.header), frame, due + 1 / self.rate):
                self.missed += 1

    def write(self, pipe, frame, deadline):
        """False when the frame is over before the terminal begins to take it, or the terminal dies meanwhile."""
        rest = memoryview(frame)
        while rest:
            wait = 60 if len(rest) < len(frame) else deadline - time.monotonic()
            if wait < 0 or not select.select([], [pipe], [], wait)[1]:
                return False
            try:
                rest = rest[os.write(pipe, rest):]
            except BlockingIOError:
                pass
            except BrokenPipeError:
                return False
        return True
