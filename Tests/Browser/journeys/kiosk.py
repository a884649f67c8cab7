"""At the door, with a real terminal that looks at the sample stream, and in the class whose students pass it."""

import json
import time

from playwright.sync_api import expect

import checks
from journey import journey, need
from sample import ENROLLED

# Writes down each change of the page and of its words, by the page's own clock.
RECORD = """() => {
  window.seen = [];
  const note = () => {
    const name = document.getElementById("name").textContent;
    const last = window.seen[window.seen.length - 1];
    const now = { at: performance.now(), greeting: document.body.dataset.greeting || "", name,
                  message: document.body.dataset.message, text: document.body.innerText };
    if (!last || ["greeting", "name", "message", "text"].some((key) => last[key] !== now[key])) window.seen.push(now);
  };
  note();
  new MutationObserver(note).observe(document.body, { attributes: true, childList: true, subtree: true, characterData: true });
}"""
LONGEST_MS = 3000
STREAM_SECONDS = 45


@journey("kiosk and class: who passes the door is greeted for at most three seconds, and arrives in the class without a reload")
def at_the_door(browser):
    school = browser.school
    terminal = school.terminal
    class_page = browser.page(browser.context("teacher"))
    class_page.goto(f"/pages/classes/{school.classes['7b']}")
    class_page.evaluate("() => { window.sameDocument = true; }")
    row = class_page.locator(".roll li").filter(has_text="Eileen Collins")
    before = row.inner_text()
    terminal.start()
    context = browser.context(viewport={"width": 800, "height": 480})
    page = browser.page(context, terminal.address)
    page.goto(terminal.address)
    page.evaluate(RECORD)
    greetings, began, arrived = set(), time.monotonic(), None
    while time.monotonic() - began < STREAM_SECONDS and not (len(greetings) == len(ENROLLED) and arrived):
        page.wait_for_timeout(100)
        seen = page.evaluate("window.seen")
        if seen[-1]["name"] and seen[-1]["name"] not in greetings:
            checks.picture(page, f"kiosk-{seen[-1]['name'].lower()}", "light", 800, 480)
            checks.picture(page, f"kiosk-{seen[-1]['name'].lower()}", "dark", 800, 480)
        greetings = {each["name"] for each in seen if each["name"]}
        if arrived is None and greetings and row.inner_text() != before:
            arrived = time.monotonic()
    seen = page.evaluate("window.seen")
    first_names = {name.split()[0] for name in ENROLLED}
    need(greetings, f"nobody was greeted; the page said: {json.dumps(sorted({each['message'] for each in seen}))}")
    need(greetings <= first_names, f"other names than first names of who passed: {sorted(greetings)}")
    need(greetings == first_names, f"only {sorted(greetings)} were greeted")
    need(arrived, "the mark did not arrive in the class")
    need(class_page.evaluate("window.sameDocument === true"), "the class was loaded anew")
    expect(row).to_contain_text("Late")
    # The last greeting has to go as well.
    page.wait_for_timeout(LONGEST_MS + 300)
    seen = page.evaluate("window.seen")
    for name in greetings:
        shown = [number for number, each in enumerate(seen) if each["name"] == name]
        run = []
        for number in shown:
            run = run + [number] if run and number == run[-1] + 1 else [number]
            need(number + 1 < len(seen), f"{name} is still on the page")
            length = seen[number + 1]["at"] - seen[run[0]]["at"]
            need(length < LONGEST_MS + 400, f"{name} was shown for {length:.0f} ms")
    need(not any(name in page.content() for name in first_names), "a name is still in the page")
    messages = {each["message"] for each in seen}
    need("ready" in messages, f"the page never said that it is ready: {sorted(messages)}")


@journey("kiosk: the terminal ends and the page says that it is not connected; it comes back by itself")
def terminal_away(browser):
    terminal = browser.school.terminal
    if terminal.process is None or terminal.process.poll() is not None:
        terminal.start()
    page = browser.page(browser.context(viewport={"width": 800, "height": 480}), terminal.address)
    page.goto(terminal.address)
    need(page.locator("body").get_attribute("data-message") != "away", "it is away from the start")
    terminal.stop()
    expect(page.locator("body")).to_have_attribute("data-message", "away", timeout=10_000)
    checks.picture(page, "kiosk-away", "light", 800, 480)
    terminal.start()
    expect(page.locator("body")).not_to_have_attribute("data-message", "away", timeout=20_000)


@journey("kiosk: what every page must stand")
def craft(browser):
    terminal = browser.school.terminal
    if terminal.process is None or terminal.process.poll() is not None:
        terminal.start()
    found = list(checks.problems_of(browser, None, "kiosk", "", terminal.address))
    need(not found, "; ".join(found))
