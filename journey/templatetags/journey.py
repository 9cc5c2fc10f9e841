"""The staff's side menu, on every page of /pilotage/."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from journey.navigation import staff_entries
from journey.words import words_of

register = template.Library()


@register.simple_tag(takes_context=True)
def staff_menu(context: template.Context) -> SafeString:
    """Needs `promotion` in the context, or shows the general entries only."""
    request: Any = context["request"]
    promotion = context.get("promotion")
    return render_to_string(
        "journey/staff_menu.html", {"groups": staff_entries(request.path, promotion), "promotion": promotion}
    )


@register.filter
def deed_words(entry: Any) -> str:
    """A journal entry as a French sentence."""
    return words_of(entry)
