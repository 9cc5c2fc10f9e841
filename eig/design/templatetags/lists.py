"""Pieces made of entries: breadcrumb, stepper, menus, pagination, timeline, definitions, key figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context
from django.utils.safestring import SafeString

from eig.design.navigation import NavEntry
from eig.design.rendering import heading, one_of, path_of, render

register = template.Library()


@register.simple_block_tag
def breadcrumb(content: str, *, current: str) -> SafeString:
    """« Accueil » comes first by itself; `crumb`s go inside, the current page last."""
    return render("breadcrumb", content=content, current=current)


@register.simple_tag
def crumb(*, label: str, href: str) -> SafeString:
    return render("crumb", label=label, href=href)


@register.simple_tag
def stepper(*, steps: Sequence[str], current: int, level: str = "h2", over: bool = False) -> SafeString:
    """Where we are among `steps` (their titles); `current` counts from 1. Nothing follows what is over."""
    return render(
        "stepper",
        title=steps[current - 1],
        current=current,
        total=len(steps),
        following=steps[current] if current < len(steps) and not over else "",
        level=heading(level),
    )


@register.simple_block_tag
def sidemenu(
    content: str, *, title: str, label: str = "Dans cette rubrique", id: str = "menu-lateral"
) -> SafeString:
    """A menu beside the content; `sidemenu_link`s go inside."""
    return render("sidemenu", content=content, title=title, label=label, id=id)


@register.simple_tag(takes_context=True)
def sidemenu_link(context: Context, *, label: str, href: str, current: bool = False) -> SafeString:
    """`current` is the section one is in, perhaps deeper than the page the link leads to."""
    where = "page" if href == path_of(context) else "true"
    return render("sidemenu_link", label=label, href=href, current=where if current else "")


@register.simple_block_tag
def summary(content: str, *, title: str = "Sommaire", level: str = "h2") -> SafeString:
    """Contents of a long page; `summary_link`s go inside."""
    return render("summary", content=content, title=title, level=heading(level))


@register.simple_tag
def summary_link(*, label: str, href: str) -> SafeString:
    return render("summary_link", label=label, href=href)


@register.simple_block_tag
def button_group(content: str, *, inline: bool = True, size: str = "", align: str = "") -> SafeString:
    """Buttons side by side from tablets up; the first one is the main one."""
    one_of(size, ("", "sm", "lg"), what="size")
    one_of(align, ("", "right", "center", "between"), what="align")
    classes = ["fr-btns-group", "fr-btns-group--inline-sm" if inline else "", "fr-btns-group--icon-left"]
    classes += [f"fr-btns-group--{part}" for part in (size, align) if part]
    return render("button_group", content=content, classes=" ".join(filter(None, classes)))


@register.simple_block_tag
def badges(content: str) -> SafeString:
    """Several `badge`s on a line."""
    return render("badges", content=content)


@register.simple_block_tag
def tags(content: str) -> SafeString:
    """Several `tag`s on a line."""
    return render("tags", content=content)


@register.simple_block_tag
def timeline(content: str, *, label: str = "Calendrier") -> SafeString:
    """Dated phases in order; `moment`s go inside."""
    return render("timeline", content=content, label=label)


MOMENTS = {"done": "Terminé", "current": "En cours", "next": "À venir"}


@register.simple_block_tag
def moment(
    content: str, *, title: str, when: str, state: str = "next", level: str = "h3", words: str = ""
) -> SafeString:
    """One phase: its state is said in words, not by its colour alone."""
    one_of(state, MOMENTS, what="state")
    return render(
        "moment",
        content=content,
        title=title,
        when=when,
        state=state,
        words=words or MOMENTS[state],
        level=heading(level),
    )


@register.simple_block_tag
def definitions(content: str, *, dense: bool = False) -> SafeString:
    """Terms and what they are worth; `definition`s go inside."""
    return render("definitions", content=content, dense=dense)


@register.simple_block_tag
def definition(content: str, *, term: str) -> SafeString:
    return render("definition", content=content, term=term)


@register.simple_block_tag
def figures(content: str) -> SafeString:
    """Key figures on a line; `figure`s go inside."""
    return render("figures", content=content)


@register.simple_tag
def figure(*, value: object, label: str, detail: str = "", href: str = "") -> SafeString:
    return render("figure", value=value, label=label, detail=detail, href=href)


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any], *, parameter: str = "page") -> SafeString:
    """Links to the other pages; the rest of the query string is kept. Nothing when there is one page."""
    paginator = page.paginator
    if paginator.num_pages < 2:
        return SafeString()
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    numbers = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return render(
        "pagination",
        number=page.number,
        links=[(n, address(n) if isinstance(n, int) else "") for n in numbers],
        first=address(1) if page.has_previous() else "",
        previous=address(page.number - 1) if page.has_previous() else "",
        following=address(page.number + 1) if page.has_next() else "",
        last=address(paginator.num_pages) if page.has_next() else "",
    )


@register.simple_tag(takes_context=True)
def navigation(context: Context, entries: Sequence[NavEntry]) -> SafeString:
    """The main menu of the header."""
    return render("navigation", entries=entries, path=path_of(context))
