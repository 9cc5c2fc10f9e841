"""What is asked of a list: filters, order, columns, read from an address. What makes no sense is ignored."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import F
from django.forms.boundfield import BoundField
from django.utils.datastructures import MultiValueDict

from eig.exports.rules import Cell, Column
from eig.listing.description import Lens, Listing, Look, Row, Rows

# The query string of an address, read.
Given = MultiValueDict[str, Any]
NOTHING: tuple[Any, ...] = (None, "", False, [])


class ListForm(forms.Form):
    """Built from the description of a list; never invalid for its reader."""

    def __init__(self, data: Given, *, listing: Listing, lens: Lens) -> None:
        super().__init__(data, auto_id="filtre_%s")
        for item in listing.filters:
            field = deepcopy(item.field)
            if item.choices:
                assert isinstance(field, forms.ChoiceField)
                fixed: Any = field.choices
                field.choices = [*fixed, *item.choices(lens)]
            self.fields[item.name] = field
        self.fields["order"] = forms.ChoiceField(
            label="Trier par",
            required=False,
            choices=[(code, label) for code, (label, _) in listing.orders.items()],
        )
        self.fields["columns"] = forms.MultipleChoiceField(
            label="Colonnes affichées",
            required=False,
            choices=[
                (code, item.column.label) for code, item in listing.columns.items() if code != listing.first
            ],
            widget=forms.CheckboxSelectMultiple,
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as somebody asked for it."""

    listing: Listing
    look: Look
    lens: Lens
    form: ListForm
    rows: Rows
    codes: tuple[str, ...]

    def main(self) -> list[BoundField]:
        return [self.form[item.name] for item in self.listing.filters if not item.aside]

    def aside(self) -> list[BoundField]:
        return [self.form[item.name] for item in self.listing.filters if item.aside]

    def aside_is_used(self) -> bool:
        """Whether a filter of the folded part narrows the list: it must then be seen."""
        return any(self.form.data.get(item.name) for item in self.listing.filters if item.aside)

    def cells(self, row: Row) -> Iterator[tuple[str, Cell]]:
        for code in self.codes:
            yield code, self.listing.columns[code].value(row, self.lens)


def asked_of(listing: Listing, look: Look, *, data: Given) -> Asked:
    lens = listing.lens(look)
    form = ListForm(data, listing=listing, lens=lens)
    form.is_valid()
    codes = columns_chosen(listing, form.cleaned_data.get("columns") or ())
    # The boxes say what is on the screen, so that a usual column may be put away.
    shown = data.copy()
    shown.setlist("columns", list(codes))
    form.data = shown
    rows = listing.rows(look)
    for item in listing.filters:
        value = form.cleaned_data.get(item.name)
        if value in NOTHING:
            value = item.default
        if value not in NOTHING:
            rows = item.narrow(rows, value, lens)
    _, order = listing.orders.get(form.cleaned_data.get("order") or "", next(iter(listing.orders.values())))
    return Asked(listing, look, lens, form, rows.order_by(*order, F("pk").asc()), codes)


def columns_chosen(listing: Listing, codes: Sequence[str]) -> tuple[str, ...]:
    """The columns asked for, in the order of the list; the usual ones when none is."""
    wanted = {listing.first, *codes} if codes else set(listing.usual) | {listing.first}
    return tuple(code for code in listing.columns if code in wanted)


def data_of(given: Mapping[str, Any]) -> Given:
    """The address of a list, from the values that an export keeps (name → list)."""
    data: Given = MultiValueDict()
    for name, values in given.items():
        data.setlist(name, values)
    return data


def heading(asked: Asked) -> list[tuple[str, Column]]:
    return [(code, asked.listing.columns[code].column) for code in asked.codes]
