"""Who gets in, who does not, and how it ends."""

import time

from playwright.sync_api import expect

from journey import journey, need
from sample import ACCOUNTS


@journey("login: a wrong password is refused in words, the address stays, and the right one leads to where one wanted to go")
def wrong_password(browser):
    context = browser.context()
    page = browser.page(context)
    page.goto("/pages/me/data")
    need("/pages/login" in page.url, "who is not logged in is not led to the login")
    page.fill("#email", ACCOUNTS["student"])
    page.fill("#password", "something else")
    page.click("main button")
    expect(page.get_by_role("alert")).to_be_visible()
    need(page.input_value("#email") == ACCOUNTS["student"], "the address has to be typed again")
    need(page.input_value("#password") == "", "the wrong password is still in the page")
    page.fill("#password", browser.school.password)
    page.click("main button")
    page.wait_for_url("**/pages/me/data")
    context.close()


@journey("login: the cookie is out of reach of scripts and of other sites, and lasts half an hour at most")
def cookie(browser):
    context = browser.context()
    page = browser.page(context)
    browser.log_in(page, "student")
    cookies = {each["name"]: each for each in context.cookies()}
    login = cookies.get("__Host-rollcall")
    need(login, "there is no login cookie")
    need(login["httpOnly"] and login["secure"] and login["sameSite"] == "Strict", f"the cookie is open: {login}")
    need(0 < login["expires"] - time.time() <= 1800 + 5, f"the cookie lasts {login['expires'] - time.time():.0f} s")
    need("rollcall" not in page.evaluate("document.cookie"), "a script can read the cookie")
    context.close()


@journey("login: by the keyboard alone, with the focus always seen")
def keyboard(browser):
    context = browser.context()
    page = browser.page(context)
    page.goto("/pages/login")
    page.keyboard.press("Tab")
    need(focused(page) == "skip", f"the first stop is no link to the content: {focused(page)}")
    page.keyboard.press("Enter")
    stops = {}
    for _ in range(6):
        page.keyboard.press("Tab")
        need(outlined(page), f"the focus is not seen on {focused(page)}")
        stops[focused(page)] = True
        if focused(page) == "email":
            page.keyboard.type(ACCOUNTS["student"])
        if focused(page) == "password":
            page.keyboard.type(browser.school.password)
            break
    need(list(stops)[-2:] == ["email", "password"], f"the order is {' '.join(stops)}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pages/me")
    context.close()


def focused(page):
    return page.evaluate("() => { const it = document.activeElement; return it.id || it.className || it.tagName; }")


def outlined(page):
    return page.evaluate("""() => {
        const it = document.activeElement, style = getComputedStyle(it);
        // A part of a field that the browser makes itself, as the button of a date's calendar, has the browser's own ring.
        if (!it.matches(":focus") && it.matches(":focus-within")) return true;
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2; }""")


@journey("login: logging out ends it, also for who goes back")
def logout(browser):
    context = browser.context()
    page = browser.page(context)
    browser.log_in(page, "student")
    saved = context.cookies()
    page.click("form.who button")
    page.wait_for_url("**/pages/login")
    page.goto("/pages/me")
    need("/pages/login" in page.url, "one is still logged in")
    context.add_cookies(saved)
    page.goto("/pages/me")
    need("/pages/login" in page.url, "the old cookie is still good")
    context.close()


@journey("login: a login that ran out leads to the login and back to the page")
def timeout(browser):
    context = browser.context()
    page = browser.page(context)
    browser.log_in(page, "student")
    # As the browser does it itself after half an hour.
    context.clear_cookies()
    page.goto("/pages/me")
    need("/pages/login" in page.url, "one is still logged in")
    page.fill("#email", ACCOUNTS["student"])
    page.fill("#password", browser.school.password)
    page.click("main button")
    page.wait_for_url("**/pages/me")
    context.close()


@journey("login: the language changes by a click and stays")
def language(browser):
    context = browser.context()
    page = browser.page(context)
    page.goto("/pages/login")
    page.click("button[value=de]")
    expect(page.locator("h1")).to_have_text("Anmelden")
    page.reload()
    expect(page.locator("h1")).to_have_text("Anmelden")
    page.click("button[value=en]")
    expect(page.locator("h1")).to_have_text("Log in")
    context.close()


@journey("login: without JavaScript")
def without_scripts(browser):
    context = browser.context(java_script_enabled=False)
    page = browser.page(context)
    for who, home in (("student", "/pages/me"), ("teacher", "/pages/classes"), ("admin", "/pages/school")):
        page.context.clear_cookies()
        browser.log_in(page, who)
        need(page.url.endswith(home), f"{who}: begins at {page.url}")
        need(page.locator("main").inner_text().strip().count("\n") > 1, f"{who}: the first page is empty")
    context.close()
