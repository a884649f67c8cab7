#!/usr/bin/python3
"""Runs the journeys and looks at every page, two things at a time. With words, only those whose names have one of them."""

import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import Error

import checks
import journeys.admin
import journeys.connection
import journeys.kiosk
import journeys.login
import journeys.student
import journeys.teacher
import journeys.technician
from browser import PICTURES, Browser, playing
from journey import Wrong, journeys_of
from pages import all_pages
from programs import ROOT, Refused
from sample import School

# Groups of a line are walked at the same time, each in its order. Who passes the door must not have come before, the stranger
# there is enrolled afterwards, who withdraws the consent passes no more, and nobody needs the server when it is stopped.
ORDER = (
    ((journeys.kiosk, journeys.admin), (journeys.login, journeys.teacher, journeys.technician)),
    ((journeys.student, journeys.connection),),
)
# For the README: the picture, how much of its height, and what it is called there.
KEPT = (("kiosk-filippo-800-light", 480, "door"), ("class-1280-light", 900, "class"), ("school-1280-light", 1250, "school"))


def main(words):
    wanted = lambda name: not words or any(word in name for word in words)
    began, failures = time.monotonic(), []
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="rollcall-browser-") as folder:
        school = School(Path(folder))
        print(f"    the school is there after {time.monotonic() - began:.0f} s", flush=True)
        try:
            pages = [page for page in all_pages(school) if wanted(f"page {page[1]}")]
            failures += together(school, [[looking(*page) for page in pages[half::2]] for half in (0, 1)])
            for groups in ORDER:
                failures += together(school, [
                    [each for module in group for each in journeys_of(module) if wanted(each[0])] for group in groups])
        finally:
            school.end()
    if os.environ.get("KEEP_PICTURES") and not words:
        keep_pictures()
    print(f"    {time.monotonic() - began:.0f} s", flush=True)
    for failure in failures:
        print(f"not so: {failure}", file=sys.stderr)
    return 1 if failures else 0


def looking(who, name, path):
    """What every page must stand, as a journey."""
    def look(browser):
        return [f"{path}: {each}" for each in checks.problems_of(browser, who, name, path)]
    return f"page {name}", look


def together(school, groups):
    """Walks groups of journeys, each in a browser of its own; what went wrong, as lines."""
    failures = []

    def note(words, seconds, problems):
        failures.extend(f"{words}: {each}" for each in problems)
        print(f"  {'✗' if problems else '✓'} {words}, {seconds:.1f} s", flush=True)

    groups = [group for group in groups if group]
    if len(groups) == 1:
        # Here, as only who started the server can stop it.
        walk(school, groups[0], note)
        return failures
    results = multiprocessing.SimpleQueue()
    workers = [multiprocessing.Process(target=walk_apart, args=(school, group, results)) for group in groups]
    for worker in workers:
        worker.start()
    left = len(workers)
    while left:
        done = results.get()
        if done is None:
            left -= 1
        else:
            note(*done)
    for worker in workers:
        worker.join()
    return failures


def walk_apart(school, group, results):
    try:
        walk(school, group, lambda *done: results.put(done))
    finally:
        school.terminal.stop()
        results.put(None)


def walk(school, group, note):
    words = "the browser"
    try:
        with playing() as playwright:
            browser = Browser(playwright, school)
            for words, function in group:
                began = time.monotonic()
                try:
                    problems = function(browser) or []
                except (Wrong, Refused, Error, AssertionError) as error:
                    problems = [one_line(error)]
                name = "failed-" + "".join(each if each.isalnum() else "-" for each in words[:40])
                troubles = browser.end_pages(name if problems else None)
                note(words, time.monotonic() - began, problems or troubles)
    except Exception as error:  # A mistake in the tests must not leave the others waiting.
        note(words, 0, [f"{type(error).__name__}: {one_line(error)}"])


def one_line(error):
    lines = [line.strip() for line in str(error).splitlines() if line.strip() and line.strip() != "Call log:"]
    return "; ".join(lines[:4])[:400] or type(error).__name__


def keep_pictures():
    """Small: of so few colours nobody sees that they are fewer."""
    for name, height, kept in KEPT:
        picture = Image.open(PICTURES / f"{name}.png").convert("RGB")
        picture = picture.crop((0, 0, picture.width, min(height, picture.height)))
        picture.quantize(256).save(ROOT / f"docs/pictures/{kept}.png", optimize=True)


if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    sys.exit(main(sys.argv[1:]))
