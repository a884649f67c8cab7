#!/usr/bin/python3
"""Runs the journeys and looks at every page. With words, only those whose names have one of them."""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import Error

import checks
# In the order in which they are walked: who passes the door must not have come before, and who withdraws the consent passes
# no more.
import journeys.kiosk
import journeys.login
import journeys.technician
import journeys.teacher
import journeys.admin
import journeys.student
import journeys.connection  # noqa: F401
from browser import Browser, playing
from journey import ALL, Wrong
from pages import all_pages
from programs import ROOT
from sample import School


def one_line(error):
    lines = [line.strip() for line in str(error).splitlines() if line.strip() and line.strip() != "Call log:"]
    return "; ".join(lines[:4])[:400] or type(error).__name__


def main(words):
    wanted = lambda name: not words or any(word in name for word in words)
    began, failures = time.monotonic(), []
    shutil.rmtree(checks.PICTURES, ignore_errors=True)
    checks.PICTURES.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="rollcall-browser-") as folder:
        school = School(Path(folder))
        print(f"    the school is there after {time.monotonic() - began:.0f} s", flush=True)
        try:
            with playing() as playwright:
                browser = Browser(playwright, school)
                look(browser, school, wanted, failures)
                walk(browser, wanted, failures)
        finally:
            school.end()
    if os.environ.get("KEEP_PICTURES") and not words:
        keep_pictures()
    print(f"    {time.monotonic() - began:.0f} s", flush=True)
    for failure in failures:
        print(f"not so: {failure}", file=sys.stderr)
    return 1 if failures else 0


# For the README: the picture, how much of its height, and what it is called there.
KEPT = (("kiosk-filippo-800-light", 480, "door"), ("class-1280-light", 760, "class"), ("school-1280-light", 900, "school"))


def keep_pictures():
    """Small: of so few colours nobody sees that they are fewer."""
    for name, height, kept in KEPT:
        picture = Image.open(checks.PICTURES / f"{name}.png").convert("RGB")
        picture = picture.crop((0, 0, picture.width, min(height, picture.height)))
        picture.quantize(64).save(ROOT / f"docs/pictures/{kept}.png", optimize=True)


def look(browser, school, wanted, failures):
    for who, name, path in all_pages(school):
        if not wanted(f"page {name}"):
            continue
        began = time.monotonic()
        try:
            found = list(checks.problems_of(browser, who, name, path))
        except Error as error:
            found = [one_line(error)]
        browser.end_pages()
        failures += [f"{name} ({path}): {each}" for each in found]
        print(f"  {'✗' if found else '✓'} page {name}, {time.monotonic() - began:.1f} s", flush=True)


def walk(browser, wanted, failures):
    for words, function in ALL:
        if not wanted(words):
            continue
        began = time.monotonic()
        problem = None
        try:
            function(browser)
        except (Wrong, Error, AssertionError) as error:
            problem = one_line(error)
            failures.append(f"{words}: {problem}")
        troubles = browser.end_pages(name=f"failed-{len(failures)}" if problem else None)
        if not problem and troubles:
            problem = troubles[0]
            failures.append(f"{words}: {problem}")
        print(f"  {'✗' if problem else '✓'} {words}, {time.monotonic() - began:.1f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
