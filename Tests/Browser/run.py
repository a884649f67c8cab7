#!/usr/bin/python3
"""Runs the journeys and looks at every page. With words, only those whose names have one of them."""

import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Error

import checks
# In the order in which they are walked: who passes the door must not have come before, and who withdraws the consent passes
# no more.
import journeys.kiosk
import journeys.login
import journeys.technician
import journeys.admin
import journeys.student
import journeys.connection  # noqa: F401
from browser import Browser, playing
from journey import ALL, Wrong
from pages import all_pages
from sample import School


def first_line(error):
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__)[:300]


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
    print(f"    {time.monotonic() - began:.0f} s", flush=True)
    for failure in failures:
        print(f"not so: {failure}", file=sys.stderr)
    return 1 if failures else 0


def look(browser, school, wanted, failures):
    for who, name, path in all_pages(school):
        if not wanted(f"page {name}"):
            continue
        began = time.monotonic()
        try:
            found = list(checks.problems_of(browser, who, name, path))
        except Error as error:
            found = [first_line(error)]
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
            problem = first_line(error)
            failures.append(f"{words}: {problem}")
        for context in browser.chromium.contexts:
            for page in context.pages:
                if getattr(page, "troubles", None) and page.troubles.found:
                    failures.append(f"{words}: {page.troubles.found[0]}")
            context.close()
        print(f"  {'✗' if problem else '✓'} {words}, {time.monotonic() - began:.1f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
