"""A window of the browser that notices everything that goes wrong, and asks axe about what it shows."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, ViewportSize

from eig.accounts.models import User
from tests.people import signed_in

# The legal ground of RGAA 4.1, what WCAG 2.2 adds to it, and good practice.
AXE_OPTIONS: Mapping[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
    "reporter": "no-passes",
    "elementRef": False,
    "iframes": False,
}
WIDE = ViewportSize(width=1280, height=900)
# What 1280 px become once enlarged four times (WCAG 1.4.10), as narrow as any phone.
NARROW = ViewportSize(width=320, height=640)
# All that a browser may keep of the site, besides its cookies: the theme that was chosen; as long as the tab
# is open, the address that it shows (htmx writes it whatever its settings, and the tab knows it anyway).
KEPT = {"scheme", "htmx-current-path-for-history"}
Look = tuple[ViewportSize, Literal["light", "dark"]]
LOOKS: tuple[Look, Look] = ((WIDE, "light"), (NARROW, "dark"))


class Window:
    """One tab of one actor; `complaints` gathers what no page may do.

    That is: say an error in the console (the refusals of the CSP are), ask for what fails, ask anybody else.
    """

    def __init__(self, context: BrowserContext, *, home: str) -> None:
        self.context, self.home = context, home
        # axe is there before a page is, by the inspector's door, which the CSP does not close.
        context.add_init_script(AXE_SCRIPT)
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        # A page that is meant to refuse says so in the console too.
        self.meant: set[int] = set()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def become(self, who: User | None) -> None:
        """Another person, or nobody, at the same screen: the files of the site that it keeps serve again."""
        self.context.clear_cookies()
        if who is not None:
            name = settings.SESSION_COOKIE_NAME
            cookie = signed_in(who).cookies[name].value
            self.context.add_cookies([{"name": name, "value": cookie, "url": self.home}])

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
        for look in looks:
            size, scheme = look
            self.page.set_viewport_size(size)
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            seen = looked(self.page, look)
            found += [f"{size['width']} px, {scheme}: {each}" for each in seen]
        found += self.complaints
        self.complaints.clear()
        return found


# What axe has found right on other pages: look.js says what of it may be known again.
_right: set[str] = set()
# The same, of what a person reaches (reach.js).
_reached: set[str] = set()

LOOK = Path(__file__).with_name("look.js").read_text()
REACH = Path(__file__).with_name("reach.js").read_text()


def looked(page: Page, look: Look) -> list[str]:
    """What is wrong with a page in this look: for axe, for the theme asked, for the width of the screen."""
    size, scheme = look
    seen = _asked(page, look=f"{size['width']} {scheme}", scheme=scheme, right=" ".join(_right))
    _right.update(seen["right"])
    found = _told(seen["violations"])
    found += [f"the browser keeps {name}" for name in seen["kept"] if name not in KEPT]
    # Where things are depends on no theme.
    reached = page.evaluate(REACH, {"known": " ".join(_reached), "look": str(size["width"])})
    _reached.update(reached["right"])
    found += reached["faults"]
    if seen["theme"] != scheme:
        found.append(f"the theme is {seen['theme']}")
    if seen["width"] > size["width"]:
        found.append(f"scrolls sideways: {seen['width']} px")
    return found


def violations(page: Page) -> list[str]:
    """What axe says of the whole page as it is now."""
    return _told(_asked(page, look="", scheme="", right="")["violations"])


def _asked(page: Page, **question: Any) -> Mapping[str, Any]:
    seen: Mapping[str, Any] = page.evaluate(LOOK, {"options": AXE_OPTIONS, **question})
    return seen


def _told(violations: Iterable[Mapping[str, Any]]) -> list[str]:
    return [
        f"{violation['id']}: {node['html'][:200]} ({_why(node)[:300]})"
        for violation in violations
        for node in violation["nodes"][:5]
    ]


def _why(node: Mapping[str, Any]) -> str:
    """What axe would have liked: one of `any`, each of `all`, nothing of `none`."""
    return " ".join(check["message"] for kind in ("any", "all", "none") for check in node[kind])
