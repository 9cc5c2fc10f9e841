"""French words for plain-text mails: dates, amounts."""

from datetime import datetime

from django import template
from django.utils.formats import date_format
from django.utils.timezone import localtime

from eig.french import of

register = template.Library()


@register.filter
def day(moment: datetime) -> str:
    return date_format(localtime(moment), "l j F Y")


@register.filter
def instant(moment: datetime) -> str:
    """« vendredi 18 mars 2022 à 23 h 59 (heure de Paris) »."""
    local = localtime(moment)
    return f"{date_format(local, 'l j F Y')} à {local:%H} h {local:%M} (heure de Paris)"


@register.filter(name="of")
def of_name(name: object) -> str:
    """`promotion.name|of` → « d’EIG 6 », « de la promotion d’été »."""
    return of(str(name))
