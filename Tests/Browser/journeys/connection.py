"""The server goes away and comes back while somebody looks at a page. The last journey: every login of before stays good."""

from playwright.sync_api import expect

import checks
from journey import journey, need


@journey("connection: a class that is open says that the server is away, and goes on when it is back")
def lost(browser):
    school = browser.school
    page = browser.page(browser.context("teacher"))
    page.goto(f"/pages/classes/{school.classes['7b']}")
    notice = page.locator("[data-live-notice]")
    expect(notice).to_be_hidden()
    school.server.stop()
    expect(notice).to_be_visible(timeout=15_000)
    checks.picture(page, "class-without-server", "light", 1280, 900)
    school.server.start()
    expect(notice).to_be_hidden(timeout=20_000)
    school.mark(("Lena Hoffmann", school.now()))
    row = page.locator(".roll li").filter(has_text="Lena Hoffmann")
    expect(row).to_contain_text("Late")
    # What the browser itself said of the requests that failed.
    page.troubles.found.clear()
