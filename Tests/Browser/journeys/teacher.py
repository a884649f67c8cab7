"""A teacher sees who is there, excuses and corrects with a reason, and takes the class along on paper and as a table."""

import csv
import io

from playwright.sync_api import expect

import checks
from journey import journey, need
from journeys.login import focused, outlined
from sample import FORMULA, SCRIPT


def open_class(browser, name="7b", who="teacher"):
    page = browser.page(browser.context(who, accept_downloads=True))
    page.goto("/pages/classes")
    page.locator("main").get_by_role("link", name=name).first.click()
    page.wait_for_url(f"**/pages/classes/{browser.school.classes[name]}")
    return page


def row(page, name):
    return page.locator(".roll li").filter(has_text=name)


def status_of(browser, name):
    school = browser.school
    records = school.ask("GET", f"/attendance/student/{school.people[name]}?from={school.server.today()}")["items"]
    return records[0]["status"] if records else None


@journey("teacher: late and missing students come first")
def order(browser):
    page = open_class(browser)
    words = [each.inner_text() for each in page.locator(".roll .status").all()]
    known = {"Late": 0, "Absent": 0, "Not here yet": 0, "Excused": 1, "Present": 1}
    ranks = [known[each] for each in words]
    need(ranks == sorted(ranks), f"the order is {', '.join(words)}")
    need(words.count("Excused") == 1, f"who is excused by letter is not: {', '.join(words)}")


@journey("teacher: a student is corrected with a reason, which stands there afterwards, and taken back")
def correct(browser):
    page = open_class(browser)
    one = row(page, "Ben Okafor")
    one.locator("summary").click()
    one.locator("input[name=reason]").fill("was sent home at once <b>ill</b>")
    one.locator("button[value=absent]").click()
    expect(row(page, "Ben Okafor").locator(".status")).to_have_text("Absent")
    expect(row(page, "Ben Okafor")).to_contain_text("was sent home at once <b>ill</b>")
    need(status_of(browser, "Ben Okafor") == "absent", "the server knows nothing of it")
    one = row(page, "Ben Okafor")
    one.locator("summary").click()
    one.locator("input[name=reason]").fill("that was somebody else")
    one.locator("button[value=take_back]").click()
    expect(row(page, "Ben Okafor").locator(".status")).to_have_text("Present")


@journey("teacher: somebody who is missing is excused by the keyboard alone, with the focus always seen")
def excuse(browser):
    page = open_class(browser)
    name = "Hana Sato"
    need(row(page, name).locator(".status").inner_text() == "Not here yet", f"{name} is not missing")
    wanted = row(page, name).locator("summary").get_attribute("id")
    page.locator("#content").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        need(outlined(page), f"the focus is not seen on {focused(page)}")
        if focused(page) == wanted:
            break
    need(focused(page) == wanted, "the keyboard does not lead to the student")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    need(focused(page).startswith("reason-"), f"after the student comes {focused(page)} and not the reason")
    page.keyboard.type("at the doctor")
    page.keyboard.press("Tab")
    need(page.evaluate("document.activeElement.value") == "excused", "the first button does not excuse")
    need(outlined(page), "the focus is not seen on the button")
    page.keyboard.press("Enter")
    expect(row(page, name).locator(".status")).to_have_text("Excused")
    need(status_of(browser, name) == "excused", "the server knows nothing of it")


@journey("teacher: a form that somebody fills in is left alone when the class changes, and the class is renewed afterwards")
def unfinished(browser):
    school = browser.school
    page = open_class(browser)
    row(page, "Lena Hoffmann").locator("summary").click()
    reason = row(page, "Lena Hoffmann").locator("input[name=reason]")
    reason.fill("half a sen")
    school.mark(("Grace Hopper", school.server.at(school.server.today(), 7, 45)))
    page.wait_for_timeout(3000)
    need(reason.input_value() == "half a sen", "what was typed is gone")
    row(page, "Lena Hoffmann").locator("summary").click()
    expect(row(page, "Grace Hopper")).to_contain_text("07:45")


@journey("teacher: a student's week and month, and an excuse of several days that is withdrawn")
def student(browser):
    page = open_class(browser)
    page.locator(".roll").get_by_role("link", name="Clara Weiss").click()
    expect(page.locator("h1")).to_contain_text("Clara Weiss")
    need(page.locator("table.month td time").count() >= 28, "the month is not there")
    last = page.locator("#last")
    last.fill((browser.school.server.today()).isoformat())
    page.fill("#excuse-reason", "a journey with the choir")
    page.locator("form[action$='/excuses'] button").click()
    excuses = page.get_by_role("region").filter(has=page.locator("h2#excuses"))
    expect(excuses).to_contain_text("a journey with the choir")
    excuses.get_by_role("button").first.click()
    expect(excuses).to_contain_text("withdrawn")
    checks.picture(page, "class-student", "light", 1280, 900)
    checks.picture(page, "class-student", "dark", 360, 740)


@journey("teacher: the class as a table, in which no name is a formula, and on paper")
def take_along(browser):
    page = open_class(browser, "8a")
    with page.expect_download() as download:
        page.locator("form[action$='/export'] button").click()
    with open(download.value.path(), newline="", encoding="utf-8-sig") as file:
        text = file.read()
    rows = list(csv.reader(io.StringIO(text)))
    cells = {cell for each in rows for cell in each}
    need(SCRIPT in cells, "somebody is missing in the table")
    need(any(FORMULA in cell for cell in cells), "somebody is missing in the table")
    dangerous = [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell]
    need(not dangerous, f"a spreadsheet would calculate {dangerous[:2]}")
    page.emulate_media(media="print")
    for gone in (".top", "footer", ".roll summary", "button"):
        need(not any(each.is_visible() for each in page.locator(gone).all()), f"{gone} is on paper as well")
    expect(row(page, "Noah Fischer")).to_be_visible()
    page.screenshot(path=checks.PICTURES / "class-paper.png", full_page=True, caret="initial", animations="allow")


@journey("teacher: without JavaScript somebody is corrected just the same")
def without_scripts(browser):
    page = browser.page(browser.context("teacher", java_script_enabled=False))
    page.goto(f"/pages/classes/{browser.school.classes['7b']}")
    for choice, status in (("late", "Late"), ("take_back", "Present")):
        one = row(page, "Emine Yildiz")
        one.locator("summary").click()
        one.locator("input[name=reason]").fill("the clock at the door was wrong")
        one.locator(f"button[value={choice}]").click()
        expect(row(page, "Emine Yildiz").locator(".status")).to_have_text(status)


@journey("teacher: a class that is open leads to the login when something changes and the login has run out")
def ran_out(browser):
    school = browser.school
    page = open_class(browser)
    # The events have begun once the page has been told something.
    page.wait_for_timeout(1500)
    page.context.clear_cookies()
    school.mark(("Felix Brandt", school.server.at(school.server.today(), 7, 30)))
    page.wait_for_url("**/pages/login**")


@journey("teacher: classes of others and what is the office's are refused")
def rights(browser):
    page = browser.page(browser.context("other teacher"))
    for path in (f"/pages/classes/{browser.school.classes['7b']}", "/pages/people", "/pages/school", "/pages/audit",
                 "/pages/terminals", f"/pages/classes/{browser.school.classes['7b']}/export?from=2026-01-01&to=2026-01-02"):
        status = page.goto(path).status
        need(status == 403, f"{path} answers {status}")
