"""Forms in DSFR: fields, error summary, filters, repeatable rows. They work with any Django form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from eig.design.fields import field_view, first_id
from eig.design.rendering import heading, render

register = template.Library()

Forms: TypeAlias = "forms.BaseForm | BaseFormSet[Any] | Iterable[forms.BaseForm]"


@register.simple_tag
def field(
    bound: BoundField,
    *,
    label: str = "",
    label_hidden: bool = False,
    hint: str | None = None,
    marked: bool = True,
    inline: bool = False,
    current: str = "",
) -> SafeString:
    """One field with label, help, limit and messages; `current` says which file an upload replaces."""
    if bound.is_hidden:
        return SafeString(bound)
    view = field_view(bound, label=label, label_hidden=label_hidden, hint=hint, marked=marked, inline=inline)
    return render(f"fields/{view.pattern}", field=view, current=current)


@register.simple_tag
def fields(form: forms.BaseForm, *, marked: bool = True) -> SafeString:
    """All fields of a form, in its order, hidden ones last."""
    shown = [field(bound, marked=marked) for bound in form.visible_fields()]
    return mark_safe("".join([*shown, *(str(bound) for bound in form.hidden_fields())]))  # noqa: S308


@register.simple_tag
def required_notice() -> SafeString:
    return render("required_notice")


@register.simple_tag
def form_errors(*sources: Forms, title: str = "", level: str = "h2") -> SafeString:
    """What is wrong, first in the page, with a link to each field; nothing when all is well."""
    errors = [error for source in sources for error in _errors(source)]
    if not errors:
        return SafeString()
    count = len(errors)
    default = f"Le formulaire contient {count} erreurs" if count > 1 else "Le formulaire contient une erreur"
    return render("form_errors", errors=errors, title=title or default, level=heading(level))


def _errors(source: Forms) -> Iterable[tuple[str, str, str]]:
    """(id, label, message) of each error; the id is empty for those of the form as a whole."""
    if isinstance(source, BaseFormSet):
        if source.is_bound:
            yield from (("", "", str(message)) for message in source.non_form_errors())
            for form in source.forms:
                yield from _errors(form)
        return
    if not isinstance(source, forms.BaseForm):
        for form in source:
            yield from _errors(form)
        return
    for name, messages in source.errors.items():
        if name not in source.fields or source[name].is_hidden:
            yield from (("", "", str(message)) for message in messages)
            continue
        bound = source[name]
        yield from ((first_id(bound), str(bound.label), str(message)) for message in messages)


@register.simple_block_tag(takes_context=True)
def filter_form(
    context: Context,
    content: str,
    *,
    label: str = "Filtrer la liste",
    action: str = "",
    submit: str = "Filtrer",
) -> SafeString:
    """A GET form around filters, with a link that clears them when some are set."""
    request = context["request"]
    return render(
        "filter_form",
        content=content,
        label=label,
        action=action or request.path,
        submit=submit,
        clear=request.path if request.GET else "",
    )


@register.simple_tag
def rows(
    formset: BaseFormSet[Any], *, item: str, add_label: str = "Ajouter une ligne", add: bool = True
) -> SafeString:
    """Repeatable rows without JavaScript: each form is a group, one button asks the server for one more."""
    return render("rows", formset=formset, item=item, add_label=add_label, add=add)
