"""A window of the browser that notices everything that goes wrong, and asks axe about what it shows."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, ViewportSize, expect

# The legal ground of RGAA 4.1, and its order of headings (9.1); other advice is no violation.
AXE_OPTIONS: Mapping[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    "rules": {"heading-order": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": False,
    "reporter": "no-passes",
    "elementRef": False,
    "iframes": False,
}
WIDE = ViewportSize(width=1280, height=900)
NARROW = ViewportSize(width=375, height=800)
Look = tuple[ViewportSize, Literal["light", "dark"]]
LOOKS: tuple[Look, Look] = ((WIDE, "light"), (NARROW, "dark"))


class Window:
    """One tab of one actor; `complaints` gathers what no page may do.

    That is: say an error in the console (the refusals of the CSP are), ask for what fails, ask anybody else.
    """

    def __init__(self, context: BrowserContext, *, home: str) -> None:
        self.context, self.home = context, home
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        # A page that is meant to refuse says so in the console too.
        self.meant: set[int] = set()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        # A refused answer is told below, with its status.
        if message.type in {"error", "warning"} and "responded with a status of" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.home}/", "data:", "blob:")):
            self.complaints.append(f"third party: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.meant:
            self.complaints.append(f"{response.status}: {response.request.method} {response.url}")

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.home}{path}")
        return self.page

    def faults(self) -> list[str]:
        """What is wrong with the page now shown: wide and light, then narrow and dark; wide again after."""
        found = self.faults_in(LOOKS)
        self.page.set_viewport_size(WIDE)
        return found

    def faults_in(self, looks: Iterable[Look]) -> list[str]:
        """The same, in the order of these looks; the page keeps the last one."""
        found = []
        for size, scheme in looks:
            self.page.set_viewport_size(size)
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            expect(self.page.locator("html")).to_have_attribute("data-fr-theme", scheme)
            found += [f"{size['width']} px, {scheme}: {each}" for each in violations(self.page)]
            width = self.page.evaluate("document.scrollingElement.scrollWidth")
            if width > size["width"]:
                found.append(f"scrolls sideways: {width} px")
        found += self.complaints
        self.complaints.clear()
        return found


# Every transition that ends has ended; those that turn for ever are left to turn.
SETTLED = """() => Promise.allSettled(
    document.getAnimations()
        .filter((it) => it.effect.getComputedTiming().endTime !== Infinity)
        .map((it) => it.finished),
)"""


def violations(page: Page) -> list[str]:
    """axe enters by the inspector's door, which the CSP of a page does not close."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # A colour on its way from one theme to the other is nobody's colour.
    page.evaluate(SETTLED)
    result = page.evaluate("options => axe.run(options)", AXE_OPTIONS)
    return [
        f"{violation['id']}: {node['html'][:200]} ({_why(node)[:300]})"
        for violation in result["violations"]
        for node in violation["nodes"][:5]
    ]


def _why(node: Mapping[str, Any]) -> str:
    """What axe would have liked: one of `any`, each of `all`, nothing of `none`."""
    return " ".join(check["message"] for kind in ("any", "all", "none") for check in node[kind])
