"""The cast on the sign-in page."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from demo.cast import cast

register = template.Library()


@register.simple_tag(takes_context=True)
def demonstration_cast(context: template.Context) -> SafeString:
    """The cast, one click each."""
    request: Any = context["request"]
    return render_to_string("demo/_cast.html", {"cast": cast(), "narrow": True}, request=request)
