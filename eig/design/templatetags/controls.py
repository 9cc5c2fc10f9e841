"""Small pieces that act or name: buttons, links, badges, tags, downloads, progress."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from eig.design.rendering import icon_class, one_of, path_of, render

register = template.Library()

BUTTONS = {
    "primary": "",
    "secondary": "fr-btn--secondary",
    "tertiary": "fr-btn--tertiary",
    "quiet": "fr-btn--tertiary-no-outline",
    "close": "fr-btn--close",
}
SIZES = ("", "sm", "lg")
STATES = ("info", "success", "warning", "error", "new")
COLOURS = (
    "green-tilleul-verveine", "green-bourgeon", "green-emeraude", "green-menthe", "green-archipel",
    "blue-ecume", "blue-cumulus", "purple-glycine", "pink-macaron", "pink-tuile", "yellow-tournesol",
    "yellow-moutarde", "orange-terre-battue", "brown-cafe-creme", "brown-caramel", "brown-opera",
    "beige-gris-galet",
)  # fmt: skip


def button_classes(kind: str, size: str, icon: str, icon_side: str) -> str:
    one_of(kind, BUTTONS, what="kind")
    one_of(size, SIZES, what="size")
    one_of(icon_side, ("left", "right"), what="icon_side")
    classes = ["fr-btn", BUTTONS[kind], f"fr-btn--{size}" if size else ""]
    if icon:
        classes += [icon_class(icon), f"fr-btn--icon-{icon_side}"]
    return " ".join(filter(None, classes))


@register.simple_tag
def button(
    *,
    label: str,
    href: str = "",
    kind: str = "primary",
    size: str = "",
    icon: str = "",
    icon_side: str = "left",
    detail: str = "",
    type: str = "submit",
    name: str = "",
    value: str = "",
    id: str = "",
    form: str = "",
    formaction: str = "",
    disabled: bool = False,
    controls: str = "",
) -> SafeString:
    """A link when `href` is given, a button otherwise; `detail` is read aloud only (« le projet X »)."""
    return render(
        "button",
        label=label,
        href=href,
        classes=button_classes(kind, size, icon, icon_side),
        detail=detail,
        type=one_of(type, ("submit", "button", "reset"), what="type"),
        name=name,
        value=value,
        id=id,
        form=form,
        formaction=formaction,
        disabled=disabled,
        controls=controls,
    )


@register.simple_tag(takes_context=True)
def deed(
    context: Context,
    *,
    action: str,
    label: str,
    kind: str = "primary",
    size: str = "",
    icon: str = "",
    detail: str = "",
    name: str = "",
    value: str = "",
    disabled: bool = False,
) -> SafeString:
    """One button that posts to `action`, in a form of its own: for deeds without other input."""
    return render(
        "deed",
        action=action,
        csrf_token=context.get("csrf_token", ""),
        label=label,
        classes=button_classes(kind, size, icon, "left"),
        detail=detail,
        name=name,
        value=value,
        disabled=disabled,
    )


@register.simple_tag(takes_context=True)
def link(
    context: Context,
    *,
    label: str,
    href: str,
    size: str = "",
    icon: str = "",
    icon_side: str = "right",
    detail: str = "",
    external: bool = False,
    current: bool = False,
) -> SafeString:
    """A DSFR link outside of running text; an external one opens a new window and says so.

    One that leads where one is says so too, in every menu.
    """
    one_of(size, SIZES, what="size")
    one_of(icon_side, ("left", "right"), what="icon_side")
    classes = ["fr-link", f"fr-link--{size}" if size else ""]
    if icon:
        classes += [icon_class(icon), f"fr-link--icon-{icon_side}"]
    return render(
        "link",
        label=label,
        href=href,
        classes=" ".join(filter(None, classes)),
        detail=detail,
        external=external,
        current=current or href == path_of(context),
    )


@register.simple_tag
def badge(*, label: str, kind: str = "", small: bool = False, icon: bool = True) -> SafeString:
    """A state in words with its colour: a DSFR state, a colour of the palette, or grey."""
    one_of(kind, ("", *STATES, *COLOURS), what="kind")
    classes = ["fr-badge", f"fr-badge--{kind}" if kind else "", "fr-badge--sm" if small else ""]
    if kind in STATES and not icon:
        classes.append("fr-badge--no-icon")
    return render("badge", label=label, classes=" ".join(filter(None, classes)))


@register.simple_tag
def tag(
    *, label: str, href: str = "", small: bool = True, icon: str = "", current: bool = False
) -> SafeString:
    """A theme or a trade; clickable when `href` is given."""
    classes = ["fr-tag", "fr-tag--sm" if small else ""]
    if icon:
        classes += [icon_class(icon), "fr-tag--icon-left"]
    return render("tag", label=label, href=href, classes=" ".join(filter(None, classes)), current=current)


@register.simple_tag
def download(*, label: str, href: str, detail: str = "") -> SafeString:
    """A file to download; `detail` gives its kind and weight: « PDF – 120,5 ko »."""
    return render("download", label=label, href=href, detail=detail)


@register.simple_tag
def progress(*, label: str, value: int, maximum: int = 100, unit: str = "") -> SafeString:
    """A native progress bar with its figure in words: « 12 sur 20 dossiers »."""
    return render("progress", label=label, value=value, maximum=maximum, unit=unit)


@register.simple_tag
def person(*, name: str, role: str = "", detail: str = "", email: str = "") -> SafeString:
    """One line about a person: name, what they do here, how to reach them."""
    return render("person", name=name, role=role, detail=detail, email=email)


@register.simple_tag
def search_bar(
    *, label: str = "Rechercher", name: str = "q", value: str = "", action: str = "", placeholder: str = ""
) -> SafeString:
    """The DSFR search bar: a GET form, with or without JavaScript."""
    return render(
        "search_bar", label=label, name=name, value=value, action=action, placeholder=placeholder or label
    )
