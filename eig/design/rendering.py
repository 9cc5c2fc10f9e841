"""How a tag renders its template, and how it refuses a value that is not in its short list."""

import re
from collections.abc import Collection

from django.template import Context, TemplateSyntaxError
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.text import slugify

HEADINGS = ("h2", "h3", "h4", "h5", "h6", "p")


def render(name: str, /, **values: object) -> SafeString:
    return SafeString(get_template(f"components/{name}.html").render(values))


def one_of(value: str, allowed: Collection[str], *, what: str) -> str:
    if value not in allowed:
        raise TemplateSyntaxError(f"{what}: {value!r} is not one of {', '.join(map(repr, allowed))}")
    return value


def heading(value: str) -> str:
    return one_of(value, HEADINGS, what="heading")


def icon_class(name: str) -> str:
    """`add-line` becomes `fr-icon-add-line`; only icons of `icons.css` are drawn (a test checks it)."""
    return f"fr-icon-{name}" if name else ""


def path_of(context: Context) -> str:
    """Where one is; nothing on a page of errors, which knows no request."""
    request = context.get("request")
    return request.path if request else ""


def anchor(text: str) -> str:
    """An id from a title, when the author gave none; it never starts with a digit."""
    slug = slugify(re.sub(r"[’']", " ", text))[:60] or "bloc"
    return slug if slug[0].isalpha() else f"n-{slug}"
