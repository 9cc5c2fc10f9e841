"""The page as a whole: its title, and the menu of the account's pages."""

from collections.abc import Iterable
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.formsets import BaseFormSet
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from eig.design.rendering import one_of, render
from eig.french.spaces import one_line

register = template.Library()

SERVICE = "EIG"
LONGEST_SEARCH = 40


@register.simple_block_tag(takes_context=True)
def page_title(context: Context, content: str, *, section: str = "") -> SafeString:
    """« Erreur – Page – Section – EIG »: that a form was refused is announced before anything else."""
    page = mark_safe(one_line(content))  # noqa: S308 — the template engine has escaped it
    parts = ["Erreur"] if _has_failed(context) else []
    parts += [page] if page else []
    parts += _where(context)
    parts += [section] if section and section != page else []
    words = format_html_join(" – ", "{}", ((part,) for part in [*parts, SERVICE]))
    return format_html("<title>{}</title>", words)


def _where(context: Context) -> list[str]:
    """Of a list: what is searched, that nothing is found, which of its pages this is."""
    shown = context.get("page")
    if not isinstance(shown, Page):
        return []
    request = context.get("request")
    searched = request.GET.get("q", "").strip() if request else ""
    told = [f"recherche « {searched[:LONGEST_SEARCH]} »"] if searched else []
    if not shown.paginator.count:
        return [*told, "aucun résultat"]
    number, pages = shown.number, shown.paginator.num_pages
    return [*told, f"page {number} sur {pages}"] if pages > 1 else told


def _has_failed(context: Context) -> bool:
    """True when a form of the page was sent and refused."""
    values: Iterable[Any] = context.flatten().values()
    # Asked of the type: `isinstance` would wake the lazy CSRF token, and set its cookie on every page.
    sent = (value for value in values if issubclass(type(value), forms.BaseForm | BaseFormSet))
    return any(form.is_bound and not form.is_valid() for form in sent)


ACCOUNT_PAGES = {
    "email": ("Adresses électroniques", "account_email"),
    "password": ("Mot de passe", "account_change_password"),
    "second_factor": ("Double authentification", "mfa_index"),
    "sessions": ("Connexions actives", "usersessions_list"),
    "data": ("Mes données", "privacy:my_data"),
}


@register.simple_tag
def account_menu(*, current: str) -> SafeString:
    """The side menu of the pages about one's own account."""
    one_of(current, ACCOUNT_PAGES, what="current")
    entries = [(label, reverse(name), key == current) for key, (label, name) in ACCOUNT_PAGES.items()]
    return render("account_menu", entries=entries)
