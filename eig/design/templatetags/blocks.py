"""Pieces that frame a content: alerts, callouts, cards, tiles, accordions, tables, notices, receipts."""

from datetime import datetime

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils.safestring import SafeString

from eig.design.rendering import anchor, heading, icon_class, one_of, render
from eig.design.templatetags.controls import BUTTONS, COLOURS

register = template.Library()

ALERTS = ("info", "success", "warning", "error")


@register.simple_block_tag
def alert(
    content: str, *, kind: str = "info", title: str = "", level: str = "h3", first: bool = False, id: str = ""
) -> SafeString:
    """A message with its colour; small without a title; `first` has the focus: what was asked is refused."""
    return render(
        "alert",
        content=content,
        kind=one_of(kind, ALERTS, what="kind"),
        title=title,
        level=heading(level),
        first=first,
        id=id,
    )


@register.simple_block_tag
def callout(
    content: str, *, title: str = "", level: str = "h3", icon: str = "", colour: str = ""
) -> SafeString:
    """What must not be missed on the page: a deadline, the next thing to do."""
    one_of(colour, ("", *COLOURS), what="colour")
    classes = ["fr-callout", icon_class(icon), f"fr-callout--{colour}" if colour else ""]
    return render(
        "callout", content=content, title=title, level=heading(level), classes=" ".join(filter(None, classes))
    )


@register.simple_block_tag
def highlight(content: str, *, size: str = "") -> SafeString:
    """A passage set apart by a line on its left."""
    return render("highlight", content=content, size=one_of(size, ("", "sm", "lg"), what="size"))


@register.simple_block_tag
def quote(content: str, *, author: str = "", detail: str = "") -> SafeString:
    return render("quote", content=content, author=author, detail=detail)


@register.simple_block_tag
def notice(content: str, *, title: str, kind: str = "info") -> SafeString:
    """A band under the header, about the service as a whole."""
    one_of(kind, ("info", "warning", "alert"), what="kind")
    return render("notice", content=content, title=title, kind=kind)


@register.simple_block_tag
def cards(content: str, *, columns: int = 3) -> SafeString:
    """Lay cards or tiles out in up to two, three or four columns; one on a telephone."""
    one_of(str(columns), ("1", "2", "3", "4"), what="columns")
    return render("cards", content=content, columns=columns)


@register.simple_block_tag
def card(
    content: str,
    *,
    title: str,
    href: str = "",
    level: str = "h3",
    start: str = "",
    detail: str = "",
    end: str = "",
    small: bool = False,
    horizontal: bool = False,
) -> SafeString:
    """A thing among others, described in a few lines; `start` takes badges or tags made with `as`."""
    classes = ["fr-card", "fr-enlarge-link" if href else ""]
    classes += ["fr-card--sm" if small else "", "fr-card--horizontal" if horizontal else ""]
    return render(
        "card",
        content=content,
        title=title,
        href=href,
        level=heading(level),
        start=start,
        detail=detail,
        end=end,
        classes=" ".join(filter(None, classes)),
    )


@register.simple_block_tag
def tile(
    content: str,
    *,
    title: str,
    href: str = "",
    level: str = "h3",
    pictogram: str = "",
    start: str = "",
    detail: str = "",
    horizontal: bool = False,
) -> SafeString:
    """A door to a part of the service; `pictogram` is a path under the DSFR's, such as `digital/coding`."""
    classes = ["fr-tile", "fr-enlarge-link" if href else "fr-tile--no-icon"]
    classes.append("fr-tile--horizontal" if horizontal else "fr-tile--vertical")
    return render(
        "tile",
        content=content,
        title=title,
        href=href,
        level=heading(level),
        pictogram=pictogram_url(pictogram),
        start=start,
        detail=detail,
        classes=" ".join(classes),
    )


def pictogram_url(name: str) -> str:
    return static(f"dsfr/dist/artwork/pictograms/{name}.svg") if name else ""


@register.simple_tag
def picture(*, name: str) -> SafeString:
    """A decorative DSFR pictogram."""
    return render("pictogram", url=pictogram_url(name))


@register.simple_block_tag
def accordions(content: str) -> SafeString:
    return render("accordions", content=content)


@register.simple_block_tag
def accordion(
    content: str, *, title: str, level: str = "h3", opened: bool = False, id: str = ""
) -> SafeString:
    """A part that opens on demand; all of them are open when there is no JavaScript."""
    return render(
        "accordion", content=content, title=title, level=heading(level), opened=opened, id=id or anchor(title)
    )


@register.simple_block_tag
def table(
    content: str,
    *,
    caption: str,
    caption_hidden: bool = False,
    dense: bool = False,
    bordered: bool = False,
    wrap: bool = True,
    id: str = "",
) -> SafeString:
    """A data table: write `thead` and `tbody` inside; wide ones scroll in a region the keyboard can reach."""
    classes = ["fr-table", "fr-table--sm" if dense else "", "fr-table--bordered" if bordered else ""]
    classes += ["fr-table--no-caption" if caption_hidden else "", "fr-table--multiline" if wrap else ""]
    return render(
        "table",
        content=content,
        caption=caption,
        classes=" ".join(filter(None, classes)),
        id=id or f"tableau-{anchor(caption)}",
    )


@register.simple_block_tag
def empty_state(
    content: str, *, title: str, level: str = "h2", pictogram: str = "document/document-search"
) -> SafeString:
    """What a list shows when it has nothing to show: why, and what to do."""
    return render(
        "empty_state", content=content, title=title, level=heading(level), pictogram=pictogram_url(pictogram)
    )


@register.simple_block_tag
def receipt(content: str, *, title: str, number: str, at: datetime, digest: str = "") -> SafeString:
    """Proof of a deposit: number, official time, fingerprint of the content."""
    return render("receipt", content=content, title=title, number=number, at=at, digest=digest)


@register.simple_block_tag
def status_line(content: str, *, id: str = "", stuck: bool = False) -> SafeString:
    """A line that a script writes, and static/design/live.js reads aloud; `stuck`, it stays in sight."""
    return render("status_line", content=content, id=id, stuck=stuck)


@register.simple_block_tag
def refreshed(
    content: str, *, id: str, href: str, every: int, waiting: bool = True, label: str = ""
) -> SafeString:
    """A part that asks for itself again every so many seconds, as long as there is something to wait for.

    `href` answers this same part. Whoever reads there keeps the focus and the place, nothing moves when
    nothing changed, and each `data-say` inside is read aloud when it is new (static/design/live.js).
    """
    return render("refreshed", content=content, id=id, href=href, every=every if waiting else "", label=label)


@register.simple_block_tag(takes_context=True)
def confirm(
    context: Context, content: str, *, label: str, cancel: str, action: str = "", kind: str = "primary"
) -> SafeString:
    """The body of a confirmation page: what will happen, one button to do it, one link to give up."""
    return render(
        "confirm",
        content=content,
        label=label,
        cancel=cancel,
        action=action,
        kind=one_of(kind, BUTTONS, what="kind"),
        csrf_token=context.get("csrf_token", ""),
    )


@register.simple_block_tag
def error_page(
    content: str, *, title: str, status: str, pictogram: str = "system/technical-error"
) -> SafeString:
    """The DSFR model of an error page: what happened, what to do, two ways out."""
    return render(
        "error_page", content=content, title=title, status=status, pictogram=pictogram_url(pictogram)
    )
