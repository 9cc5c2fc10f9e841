"""The invitation to answer, on a candidate's pages: the same link for everybody."""

from django import template
from django.template.loader import render_to_string

from eig.diversity.queries import is_open, shared_key
from eig.promotions.models import Promotion

register = template.Library()


@register.simple_tag
def questionnaire_invitation(promotion: Promotion) -> str:
    """Nothing is known of who sees it, nor of who follows it."""
    if not is_open(promotion):
        return ""
    return render_to_string(
        "diversity/invitation.html", {"promotion": promotion, "key": shared_key(promotion.code)}
    )
