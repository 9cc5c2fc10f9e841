"""Markdown written elsewhere, as the little HTML that a page may show.

Cleaned when it is kept, and again when it is shown.
"""

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "code", "pre", "br", "hr"}
SCHEMES = {"http", "https", "mailto"}
DEEPEST = 4


def article_of(markdown: str) -> str:
    """HTML of a text in CommonMark: no raw HTML, no picture, headings from h2 without a gap."""
    parser = MarkdownIt("commonmark", {"html": False}).disable("image")
    tokens = parser.parse(markdown)
    _settle_headings(tokens)
    return cleaned(str(parser.renderer.render(tokens, parser.options, {}))).strip()


def cleaned(html: str) -> str:
    """What is left of some HTML once only our tags and outside links remain."""
    return nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags={"script", "style", "iframe", "object", "svg", "math"},
        attributes={"a": {"href"}},
        attribute_filter=_outside_links,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    )


def _outside_links(tag: str, name: str, value: str) -> str | None:
    """An address of another site would lead nowhere here: relative ones are dropped."""
    return value if tag == "a" and value.lower().startswith(("http://", "https://", "mailto:")) else None


def _settle_headings(tokens: list[Token]) -> None:
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    above = 1
    settled = ""
    for token in tokens:
        if token.type == "heading_open":
            above = min(levels.index(token.tag) + 2, above + 1, DEEPEST)
            settled = f"h{above}"
        if token.type in {"heading_open", "heading_close"}:
            token.tag = settled
