"""The office: the school today, somebody new and their photographs, walk-bys to decide, the calendar, the audit trail."""

import datetime

from playwright.sync_api import expect

import checks
from journey import journey, need
from programs import ROOT
from sample import FORMULA, SCRIPT


@journey("admin: the school today says how many are there, and goes with it without a reload")
def today(browser):
    school = browser.school
    page = browser.page(browser.context("admin"))
    page.goto("/pages/school")
    page.evaluate("() => { window.sameDocument = true; }")
    row = page.locator("[data-live]").get_by_role("row").filter(has_text="8a").first
    before = row.inner_text()
    school.mark(("Paul Jansen", school.now()))
    expect(row).not_to_have_text(before)
    need(page.evaluate("window.sameDocument === true"), "the page was loaded anew")
    need(page.locator("svg").count() > 0, "there is no picture of the days before")


@journey("admin: people are found by a part of the name, whatever the name is")
def search(browser):
    page = browser.page(browser.context("admin"))
    page.goto("/pages/people")
    for typed, name in (("moreau", "Daniel Moreau"), ("script", SCRIPT), ("cmd", FORMULA)):
        page.fill("#search", typed)
        page.keyboard.press("Enter")
        link = page.get_by_role("link", name=name, exact=True)
        expect(link).to_have_count(1)
        need(page.locator("tbody tr").count() == 1, f"{typed} finds {page.locator('tbody tr').count()} people")
    page.fill("#search", "nobody is called this")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(0)


@journey("admin: somebody new, the consent, photographs from files with a verdict on each, and one from the camera")
def enrol(browser):
    page = browser.page(browser.context("admin", permissions=["camera"]))
    page.goto("/pages/people/new")
    page.fill("#name", "Christophe Henner")
    page.select_option("#role", "student")
    page.fill("#class", "7b")
    page.locator("main form button").click()
    page.wait_for_url(lambda url: not url.endswith("/new"))
    expect(page.locator("h1")).to_have_text("Christophe Henner")
    person = page.url.split("?")[0]
    page.fill("#note", "form of this morning")
    page.locator("button[name=given][value=yes]").click()
    page.locator("a[href$='/photographs']").click()
    verdicts = page.locator("#verdicts > li")
    nobody = page.screenshot(caret="initial", animations="allow")
    page.set_input_files("#files", [ROOT / "var/portraits/christophe_henner.jpg"])
    expect(verdicts).to_have_count(1)
    expect(verdicts.first.locator(".notice.good")).to_be_visible()
    page.set_input_files("#files", [{"name": "page.png", "mimeType": "image/png", "buffer": nobody}])
    expect(verdicts).to_have_count(2)
    expect(verdicts.first.locator(".notice.bad")).to_be_visible()
    # Somebody who is enrolled already, under another name.
    page.set_input_files("#files", [ROOT / "var/portraits/grace_hopper.jpg"])
    expect(verdicts).to_have_count(3)
    expect(verdicts.first).to_contain_text("Grace Hopper")
    checks.picture(page, "enrolment", "light", 1280, 900)
    checks.picture(page, "enrolment", "dark", 360, 740)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.click("#camera-begin")
    expect(page.locator("#camera")).to_be_visible()
    # Not by a function in the page: its policy refuses to evaluate one again and again.
    expect(page.locator("#camera")).not_to_have_js_property("videoWidth", 0)
    page.click("#camera-shoot")
    expect(verdicts).to_have_count(4)
    page.click("#camera-end")
    page.goto(person)
    need(page.locator("tbody tr").count() >= 1, "no photograph is listed")


@journey("admin: a new teacher gets a class and a password that is shown once, and logs in with it")
def new_teacher(browser):
    page = browser.page(browser.context("admin"))
    page.goto("/pages/people/new")
    page.fill("#name", "Nina Newcomer")
    page.select_option("#role", "teacher")
    page.fill("#email", "nina@school.example")
    page.locator("main form button").click()
    expect(page.locator("h1")).to_have_text("Nina Newcomer")
    page.locator("form[action$='/password'] button").click()
    password = page.locator("code.secret").inner_text()
    page.goto("/pages/school/classes")
    page.fill("#name", "9c")
    page.locator("main form button").click()
    page.goto("/pages/school/classes")
    page.get_by_role("link", name="9c").click()
    page.get_by_label("Nina Newcomer").check()
    page.locator("form[action$='/teachers'] button").click()
    theirs = browser.page(browser.context())
    theirs.goto("/pages/login")
    theirs.fill("#email", "nina@school.example")
    theirs.fill("#password", password)
    theirs.click("main button")
    # Who has one class begins in it.
    expect(theirs.locator("h1")).to_contain_text("9c")


@journey("admin: a walk-by that no terminal could decide is decided, with a reason")
def walk_by(browser):
    school = browser.school
    page = browser.page(browser.context("admin"))
    page.goto("/pages/walk-bys")
    before = len(school.ask("GET", "/walk-bys?state=open")["items"])
    need(before > 0, "there is none")
    card = page.locator("article").last
    card.locator("input[name=reason]").fill("asked everybody who was there")
    card.locator("button[value=nobody]").click()
    expect(page.get_by_role("status")).to_be_visible()
    after = len(school.ask("GET", "/walk-bys?state=open")["items"])
    need(after == before - 1, f"{before} were open before, and {after} afterwards")


@journey("admin: a day off is made and taken back")
def calendar(browser):
    school = browser.school
    page = browser.page(browser.context("admin"))
    page.goto("/pages/calendar")
    day = (school.server.today() + datetime.timedelta(20)).isoformat()
    page.fill("#name", "Sports day")
    page.fill("#from", day)
    page.locator("form[action$='/days-off'] button").click()
    expect(page.locator("main")).to_contain_text("Sports day")
    days = [each["date"] for each in school.ask("GET", "/calendar/days-off")["items"]]
    need(day in days, f"it is not in the calendar: {days}")
    page.locator("tr", has_text="Sports day").get_by_role("button").click()
    expect(page.locator("tr", has_text="Sports day")).to_have_count(0)
    days = [each["date"] for each in school.ask("GET", "/calendar/days-off")["items"]]
    need(day not in days, "it is still in the calendar")


@journey("admin: the audit trail says who corrected what and why")
def audit(browser):
    page = browser.page(browser.context("admin"))
    page.goto("/pages/audit")
    text = page.locator("main").inner_text()
    need("Ruth Office" in text, "the names of those who did something are not there")
    page.locator("button[name=check]").click()
    expect(page.get_by_role("status").first).to_be_visible()
    need(page.locator(".notice.good").count() == 1, "the trail is not whole")
