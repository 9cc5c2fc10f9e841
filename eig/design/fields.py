"""From a Django bound field to what a DSFR field needs: which pattern, which ids, which attributes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString

# The order counts: the first class that matches wins.
PATTERNS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "upload"),
    (forms.MultiWidget, "group"),
)
CSS = {
    "select": "fr-select",
    "upload": "fr-upload",
    "password": "fr-password__input fr-input",
    "checkbox": "",
}
GROUPS = ("checkboxes", "radios", "group")


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[str, str]], *, blank: str = "") -> None:
    """What a field lets one choose; `blank` is the first line, which chooses nothing."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", blank), *choices] if blank else list(choices)


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button or checkbox of a group."""

    id: str
    label: str
    control: SafeString


@dataclass(frozen=True, slots=True)
class FieldView:
    """Everything a template of `components/fields/` prints."""

    pattern: str
    id: str
    name: str
    label: str
    label_hidden: bool
    optional: bool
    hint: str
    limit: int | None
    errors: tuple[str, ...]
    disabled: bool
    inline: bool
    control: SafeString
    choices: tuple[Choice, ...]

    @property
    def hint_id(self) -> str:
        return f"{self.id}-aide"

    @property
    def messages_id(self) -> str:
        return f"{self.id}-messages"

    @property
    def described_by(self) -> str:
        """Help, limit and messages are all announced; the message never replaces the help."""
        ids = [self.hint_id] if self.hint or self.limit else []
        return " ".join([*ids, self.messages_id])


def pattern_of(widget: forms.Widget) -> str:
    return next((name for kind, name in PATTERNS if isinstance(widget, kind)), "input")


def first_id(bound: BoundField) -> str:
    """The element that a link of the error summary must reach."""
    return f"{bound.auto_id}_0" if pattern_of(bound.field.widget) in GROUPS else str(bound.auto_id)


def limit_of(bound: BoundField) -> int | None:
    """Only long texts announce their limit; a short input would only be noisier."""
    if not isinstance(bound.field.widget, forms.Textarea):
        return None
    return getattr(bound.field, "max_length", None)


def field_view(
    bound: BoundField,
    *,
    label: str = "",
    label_hidden: bool = False,
    hint: str | None = None,
    marked: bool = True,
    inline: bool = False,
    extra: dict[str, Any] | None = None,
) -> FieldView:
    """Prepare one field; `extra` are attributes added to the control itself."""
    widget = bound.field.widget
    pattern = pattern_of(widget)
    hint = str((bound.help_text or "") if hint is None else hint)
    limit = limit_of(bound)
    view = FieldView(
        pattern=pattern,
        id=str(bound.auto_id or bound.html_name),
        name=bound.html_name,
        label=str(label or bound.label),
        label_hidden=label_hidden,
        optional=marked and not bound.field.required,
        hint=hint,
        limit=limit,
        errors=tuple(str(message) for message in bound.errors),
        disabled=bound.field.disabled,
        inline=inline,
        control=SafeString(),
        choices=(),
    )
    if pattern in GROUPS:
        return _with(view, choices=tuple(_choices(bound, view, extra or {})))
    return _with(view, control=_control(bound, view, extra or {}))


def _with(view: FieldView, **changes: Any) -> FieldView:
    names = FieldView.__slots__
    return FieldView(**{name: getattr(view, name) for name in names} | changes)


def _control(bound: BoundField, view: FieldView, extra: dict[str, Any]) -> SafeString:
    widget = bound.field.widget
    own = str(widget.attrs.get("class", ""))
    attrs: dict[str, Any] = {
        "class": f"{CSS.get(view.pattern, 'fr-input')} {own}".strip(),
        "aria-describedby": view.described_by,
        # A placeholder vanishes as one types and is too pale to read: the help says it instead.
        "placeholder": False,
    }
    if not attrs["class"]:
        del attrs["class"]
    if view.limit:
        # The text is never cut while it is typed or pasted: the counter and the server say it is too long.
        attrs |= {"maxlength": False, "data-limit": view.limit}
    if view.errors:
        attrs["aria-invalid"] = "true"
    if view.pattern == "upload":
        # The stock widget prints its own links and a « clear » checkbox; ours are separate deeds.
        attrs = bound.build_widget_attrs({**widget.attrs, **attrs, "id": view.id}, widget)
        return forms.FileInput().render(bound.html_name, None, {**attrs, **extra})
    return bound.as_widget(attrs=attrs | extra)


def _choices(bound: BoundField, view: FieldView, extra: dict[str, Any]) -> Iterable[Choice]:
    if view.pattern == "group":
        yield from _parts(bound, view, extra)
        return
    for option in bound.subwidgets:
        attrs = dict(option.data["attrs"])
        if view.pattern == "checkboxes" and view.errors:
            attrs["aria-invalid"] = "true"
        # A group describes itself once, on its fieldset; a required checkbox would ask for all of them.
        attrs.pop("aria-describedby", None)
        if view.pattern == "checkboxes":
            attrs.pop("required", None)
        # Written here: django-dsfr replaces Django's option templates with wrappers of its own.
        control = format_html(
            '<input type="{}" name="{}" value="{}"{}>',
            option.data["type"],
            option.data["name"],
            option.data["value"],
            flatatt(attrs | extra),
        )
        yield Choice(id=str(option.id_for_label), label=str(option.choice_label), control=control)


def _parts(bound: BoundField, view: FieldView, extra: dict[str, Any]) -> Iterable[Choice]:
    """The inputs of a multi-widget (a date and its time), each with its own label."""
    widget = bound.field.widget
    assert isinstance(widget, forms.MultiWidget)
    attrs = bound.build_widget_attrs({"class": "fr-input", "id": view.id}, widget)
    context = widget.get_context(bound.html_name, bound.value(), attrs | extra)
    labels = getattr(widget, "labels", ("Date", "Heure"))
    for label, part, data in zip(labels, widget.widgets, context["widget"]["subwidgets"], strict=False):
        control = part.render(data["name"], data["value"], data["attrs"])
        yield Choice(id=str(data["attrs"]["id"]), label=str(label), control=control)
