"""Show a text that was written in Markdown elsewhere."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from eig.design.article import cleaned

register = template.Library()


@register.simple_tag
def article(html: str) -> SafeString:
    """Cleaned here too: what the database holds is never trusted."""
    return mark_safe(cleaned(html))  # noqa: S308 — nh3 leaves only our tags
