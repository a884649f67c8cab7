"""A student looks at today and at the month, takes their data along, and withdraws the consent."""

import json

from playwright.sync_api import expect

from journey import journey, need
from sample import SCRIPT, STUDENTS


@journey("student: today, this month, the month before, what was corrected and by whom")
def month(browser):
    school = browser.school
    page = browser.page(browser.context("student"))
    page.goto("/pages/me")
    today = page.get_by_role("region").first
    expect(today).to_contain_text("Present")
    expect(today).to_contain_text("07:")
    title = page.locator("#month").inner_text()
    page.locator("a[rel=prev]").click()
    expect(page.locator("#month")).not_to_have_text(title)
    page.locator("a[rel=next]").click()
    expect(page.locator("#month")).to_have_text(title)
    found = ""
    for _ in range(2):
        found += page.locator("main").inner_text()
        page.locator("a[rel=prev]").click()
        page.wait_for_load_state()
    for words in ("was not in the lesson, only at the door", "Ruth Office", "at the dentist"):
        need(words in found, f"of the corrections and excuses it does not say: {words}")
    need(STUDENTS["7b"][1] not in found, "somebody else's name is on the page")


@journey("student: the own data as a download")
def download(browser):
    page = browser.page(browser.context("student", accept_downloads=True))
    page.goto("/pages/me/data")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    with open(download.value.path()) as file:
        text = file.read()
    need(STUDENTS["7b"][0] in text and "at the dentist" in text, "not all is in the file")
    need(STUDENTS["7b"][1] not in text, "somebody else is in the file")
    json.loads(text)


@journey("student: a name that is a script is shown as it is written, and nothing of it runs")
def script(browser):
    page = browser.page(browser.context("script student"))
    for path in ("/pages/me", "/pages/me/data"):
        page.goto(path)
        need(SCRIPT in page.inner_text("body"), f"{path} does not show the name as it is written")


@journey("student: other people's pages are refused")
def rights(browser):
    page = browser.page(browser.context("student"))
    for path in ("/pages/classes", "/pages/school", "/pages/people", "/pages/terminals", "/pages/audit", "/pages/walk-bys",
                 "/pages/school/classes", f"/pages/people/{browser.school.people['Ben Okafor']}"):
        status = page.goto(path).status
        need(status == 403, f"{path} answers {status}")


@journey("student: the consent is withdrawn after a question")
def consent(browser):
    school = browser.school
    page = browser.page(browser.context("enrolled student"))
    page.goto("/pages/me/data")
    page.locator("details summary", has_text="Withdraw").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("status").filter(has_text="withdrawn")).to_be_visible()
    listed = school.ask("GET", f"/users/{school.people['Grace Hopper']}/photographs")
    need(not listed["items"], "there are templates left")
