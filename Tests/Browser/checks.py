"""What every page must stand: axe-core in light and dark, narrow and wide screens, few requests and bytes, no trouble. It
leaves pictures of the page in var/browser."""

from axe_playwright_python.sync_playwright import Axe

from browser import PICTURES

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MOST_REQUESTS, MOST_BYTES = 5, 100_000
SIDEWAYS = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return null;
  const reach = (each) => each.getBoundingClientRect().right;
  // What scrolls by itself may be wider.
  const own = (each) => each.closest(".wide") && !each.classList.contains("wide");
  const all = [...document.body.querySelectorAll("*")].filter((each) => reach(each) > root.clientWidth + 0.5 && !own(each));
  const worst = all.sort((a, b) => reach(b) - reach(a))[0];
  return `${root.scrollWidth} of ${root.clientWidth} pixels` + (worst ? `, by ${worst.outerHTML.slice(0, 100)}` : "");
}"""


# Words that have no room: letters below each other, or something that sticks out of its card.
CRAMPED = """() => {
  for (const each of document.querySelectorAll("main *")) {
    const own = [...each.childNodes].filter((one) => one.nodeType === 3).map((one) => one.data.trim()).join("");
    const box = each.getBoundingClientRect(), size = parseFloat(getComputedStyle(each).fontSize);
    if (own.length >= 4 && box.width > 2 && box.height > 2.5 * size && box.width < 2 * size)
      return `letters stand below each other: ${own.slice(0, 40)}`;
    const card = each.closest(".card");
    if (card && box.width > 2 && !each.closest(".wide, details:not([open]) > :not(summary)")
        && box.right > card.getBoundingClientRect().right + 0.5)
      return `sticks out of its card: ${each.outerHTML.slice(0, 100)}`;
  }
  return null;
}"""


class Loading:
    """What a page loads, from before it is asked for."""

    def __init__(self, page):
        self.requests = []
        page.on("request", lambda request: self.requests.append(request))

    def problems(self, page):
        # A browser with a window fetches the picture for its tab as well.
        icon = page.locator("link[rel=icon]").get_attribute("href") if page.locator("link[rel=icon]").count() else None
        paths = [each.url for each in self.requests if not each.url.startswith(("data:", "blob:"))]
        if icon and not icon.startswith("data:") and not any(path.endswith(icon) for path in paths):
            paths.append(icon)
        if len(paths) > MOST_REQUESTS:
            yield f"{len(paths)} requests, {MOST_REQUESTS} are the most: {' '.join(paths)}"
        size = 0
        for each in self.requests:
            response = each.response() if each.resource_type != "eventsource" else None
            if response and response.ok:
                size += len(response.body())
        if size > MOST_BYTES:
            yield f"{size} bytes, {MOST_BYTES} are the most"


def axe(page, scheme):
    # Of the page as it stays: a colour on its way from light to dark is neither.
    page.emulate_media(color_scheme=scheme)
    page.evaluate("() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => {})))")
    found = Axe().run(page, options={
        "runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"],
        # The rule of WCAG 2.2 does not run unless it is asked for.
        "rules": {"target-size": {"enabled": True}}})
    for violation in found.response["violations"]:
        node = violation["nodes"][0]
        reason = " ".join(node.get("failureSummary", "").split("\n")[1:2]).strip()
        yield f"{scheme}: {violation['id']}, {len(violation['nodes'])} times: {node['html'][:120]} {reason[:200]}"


def picture(page, name, scheme, width, height):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": height})
    # Without hiding the caret or stopping animations: both would write a style into the page, which its policy forbids.
    page.screenshot(path=PICTURES / f"{name}-{width}-{scheme}.png", full_page=True, caret="initial", animations="allow")


def problems_of(browser, who, name, path, home=None):
    """What is wrong with a page, as lines; somebody may be logged in."""
    context = browser.context(who)
    page = browser.page(context, home)
    loading = Loading(page)
    address = (home or "") + path
    answer = page.goto(address)
    if answer.status != 200:
        yield f"status {answer.status}"
        context.close()
        return
    page.wait_for_timeout(300)
    yield from loading.problems(page)
    if page.locator("h1").count() != 1:
        yield f"{page.locator('h1').count()} headings of the first order"
    yield from axe(page, "light")
    picture(page, name, "light", 1280, 900)
    yield from axe(page, "dark")
    picture(page, name, "dark", 1280, 900)
    for width, height in ((360, 740), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        if found := page.evaluate(SIDEWAYS):
            yield f"scrolls sideways at {width}: {found}"
        if found := page.evaluate(CRAMPED):
            yield f"at {width} {found}"
        if width == 360:
            yield from (f"at 360: {each}" for each in axe(page, "light"))
            picture(page, name, "light", width, height)
            picture(page, name, "dark", width, height)
        elif name == "school":
            picture(page, name, "light", width, height)
    yield from page.troubles.found
    context.close()
    yield from german(browser, who, name, path, home)


def german(browser, who, name, path, home):
    context = browser.context(who, "de", viewport={"width": 360, "height": 740})
    page = browser.page(context, home)
    page.goto((home or "") + path)
    if page.locator("html").get_attribute("lang") != "de":
        yield "no German page for a German reader"
    if found := page.evaluate(SIDEWAYS):
        yield f"scrolls sideways in German at 360: {found}"
    if found := page.evaluate(CRAMPED):
        yield f"in German at 360 {found}"
    page.screenshot(path=PICTURES / f"{name}-360-german.png", full_page=True, caret="initial", animations="allow")
    yield from (f"in German: {each}" for each in page.troubles.found)
    context.close()
