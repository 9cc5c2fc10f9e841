"""The notice that a form gives: who reads the answers, why, how long, and one's rights. From the register."""

from django import template
from django.template.loader import render_to_string

from privacy.queries.mine import kept_words
from privacy.register import purposes

register = template.Library()


@register.simple_tag
def data_notice(code: str, *, level: str = "h2") -> str:
    """`code` is a purpose of the register; an unknown one fails loudly."""
    purpose = purposes()[code]
    return render_to_string(
        "privacy/notice.html", {"purpose": purpose, "kept": kept_words(purpose), "level": level}
    )


@register.simple_tag
def retention_rows() -> list[tuple[str, str]]:
    """For the public page: each kind of data and how long it is kept, as the code does it."""
    return [(purpose.title, kept_words(purpose)) for purpose in purposes().values()]
