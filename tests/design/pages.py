"""Reading HTML in tests: parse once, ask simple questions."""

from lxml import html
from lxml.html import HtmlElement


def parse(markup: str | bytes) -> HtmlElement:
    return html.fromstring(markup)


def text_of(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def described(element: HtmlElement, page: HtmlElement) -> str:
    """What a screen reader reads after the name of a control."""
    ids = element.get("aria-describedby", "").split()
    return " ".join(text_of(page.get_element_by_id(one)) for one in ids)
