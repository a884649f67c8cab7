"""Debian's Chromium, headless, and pages in it that say what went wrong in them."""

import os

from playwright.sync_api import Error, expect, sync_playwright

from programs import ROOT
from sample import ACCOUNTS

PICTURES = ROOT / "var/browser"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# What the debug build takes on a busy machine.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)

# What the browser refused because the page's policy forbids it is said by an event, whoever logs it or not.
WATCH_POLICY = """
document.addEventListener("securitypolicyviolation",
    (event) => console.error(`policy: ${event.effectiveDirective} forbids ${event.blockedURI || event.sourceFile}`));
"""


class Troubles:
    """What no page of ours may do, as it happens."""

    def __init__(self, page, home):
        self.found, self.home = [], home
        page.on("console", self.heard)
        page.on("pageerror", lambda error: self.found.append(f"an error in a script: {error}"))
        page.on("request", self.asked)
        page.on("dialog", self.opened)

    def heard(self, message):
        # What a page answers with 401 and the like is a journey's own business, and no fault of a script.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.found.append(f"said on the console: {message.text[:200]}")

    def asked(self, request):
        if not request.url.startswith((self.home, "blob:", "data:")):
            self.found.append(f"asked elsewhere: {request.url[:200]}")

    def opened(self, dialog):
        self.found.append(f"a name was run as a script: {dialog.message}")
        dialog.dismiss()


class Browser:
    def __init__(self, playwright, school):
        self.school, self.home = school, school.server.address
        # A container has little room in /dev/shm, and root no sandbox. The camera that pages may use shows the sample stream.
        self.chromium = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--use-fake-ui-for-media-stream",
                  "--use-fake-device-for-media-stream",
                  f"--use-file-for-fake-video-capture={ROOT}/var/sample/arrivals.y4m"])
        self.logins, self.pages = {}, []

    def context(self, who=None, language="en", **more):
        """A browser's profile of its own; of somebody who is logged in, once for all of the tests."""
        options = {
            "ignore_https_errors": True, "locale": {"en": "en-GB", "de": "de-DE"}[language],
            "viewport": {"width": 1280, "height": 900}, "base_url": self.home, **more}
        if who and who not in self.logins:
            context = self.chromium.new_context(**options)
            page = self.page(context)
            self.log_in(page, who)
            self.logins[who] = context.storage_state()
            context.close()
        if who:
            options["storage_state"] = self.logins[who]
        context = self.chromium.new_context(**options)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(WATCH_POLICY)
        return context

    def page(self, context, home=None):
        page = context.new_page()
        page.troubles = Troubles(page, home or self.home)
        self.pages.append(page)
        return page

    def log_in(self, page, who):
        page.goto("/pages/login")
        page.fill("#email", ACCOUNTS[who])
        page.fill("#password", self.school.password)
        page.click("main button")
        page.wait_for_url(lambda url: "/login" not in url)


    def end_pages(self, name=None):
        """Closes all pages; their troubles. With a name, pictures of those that are open are kept under it."""
        troubles = [each for page in self.pages for each in page.troubles.found]
        for number, page in enumerate(each for each in self.pages if name and not each.is_closed()):
            try:
                page.screenshot(path=PICTURES / f"{name}-{number}.png", caret="initial", animations="allow")
            except Error:
                pass
        for context in self.chromium.contexts:
            context.close()
        self.pages.clear()
        return troubles


def playing():
    return sync_playwright()
