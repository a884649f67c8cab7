"""A technician sees what is wrong with which terminal, and registers another."""

from playwright.sync_api import expect

import checks
from journey import journey, need


@journey("technician: the fleet says what is wrong and what to do, the worst first")
def fleet(browser):
    page = browser.page(browser.context("admin"))
    page.goto("/pages/terminals")
    names = page.locator(".fleet h2").all_inner_texts()
    need(names and names[0] == "gym door", f"the first is {names[:1]}")
    gym = page.locator(".fleet > li").filter(has_text="gym door")
    for words in ("/dev/video0 gives no pictures", "the disk is full"):
        expect(gym).to_contain_text(words)
    need(gym.locator("code").count() > 0, "there is no next step to type")


@journey("technician: a terminal's page is renewed when the terminal reports")
def live(browser):
    school = browser.school
    page = browser.page(browser.context("admin"))
    page.goto("/pages/terminals")
    page.get_by_role("link", name="south door").click()
    page.evaluate("() => { window.sameDocument = true; }")
    try:
        school.report(school.south, outbox_alarm="somebody pulled the disk out")
        expect(page.locator("[data-live]")).to_contain_text("somebody pulled the disk out")
        need(page.evaluate("window.sameDocument === true"), "the page was loaded anew")
    finally:
        school.report(school.south)
    expect(page.locator("[data-live]").get_by_role("region").first).not_to_contain_text("somebody pulled the disk out")


@journey("technician: a code to register a terminal, once, with a QR code; the page sees that it was used")
def register(browser):
    school = browser.school
    page = browser.page(browser.context("admin"))
    page.goto("/pages/terminals")
    page.locator("a[href='/pages/terminals/new']").click()
    page.fill("#name", "west door")
    page.get_by_label("8a").check()
    page.locator("main form button").click()
    code = page.locator(".one-time code").inner_text().strip()
    expect(page.locator(".qr svg")).to_be_visible()
    need(page.locator(".qr svg").bounding_box()["width"] >= 150, "the QR code is too small for a telephone")
    checks.picture(page, "terminal-code", "light", 1280, 900)
    checks.picture(page, "terminal-code", "dark", 360, 740)
    school.server.ask("POST", "/v1/terminal/register", {"code": code})
    link = page.locator("[data-live] a")
    expect(link).to_be_visible()
    link.click()
    expect(page.locator("h1")).to_have_text("west door")
