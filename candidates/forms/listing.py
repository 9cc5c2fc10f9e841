"""The staff's list: its filters, its columns, the views kept."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from candidates.choices import Status
from candidates.queries import COLUMNS, ORDERS, USUAL, Criteria, LoadedReader
from eig.promotions.models import Trade

LISTED = [choice for choice in Status.choices if choice[0] != Status.DRAFT]
ANY = ("", "Tous")


class ApplicationFilter(forms.Form):
    """Never invalid for its reader: what makes no sense is ignored."""

    q = forms.CharField(label="Nom, adresse ou numéro", required=False, max_length=100)
    status = forms.ChoiceField(label="État", required=False, choices=[ANY, *LISTED])
    trade = forms.ChoiceField(label="Métier", required=False)
    order = forms.ChoiceField(
        label="Trier par", required=False, choices=[(code, label) for code, (label, _) in ORDERS.items()]
    )
    expertise = forms.CharField(label="Expertise", required=False, max_length=60)
    reader = forms.ChoiceField(label="Lue par", required=False)
    years_from = forms.IntegerField(label="Expérience, de (ans)", required=False, min_value=0, max_value=60)
    years_to = forms.IntegerField(label="à (ans)", required=False, min_value=0, max_value=60)
    mark_from = forms.DecimalField(
        label="Note, de", required=False, min_value=0, max_value=20, decimal_places=2, localize=True
    )
    mark_to = forms.DecimalField(
        label="à", required=False, min_value=0, max_value=20, decimal_places=2, localize=True
    )
    unread = forms.BooleanField(label="Lectures manquantes", required=False)
    apart = forms.BooleanField(label="Lectures en désaccord", required=False)
    duplicates = forms.BooleanField(label="Doublons possibles", required=False)
    columns = forms.MultipleChoiceField(
        label="Colonnes affichées",
        required=False,
        choices=[(code, item.column.label) for code, item in COLUMNS.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: Mapping[str, Any], *, trades: Iterable[Trade], readers: Iterable[LoadedReader] = ()
    ) -> None:
        super().__init__(data, auto_id="filtre_%s")
        self._choose("trade", [ANY, *((trade.code, trade.label) for trade in trades)])
        self._choose("reader", [("", "Peu importe"), *((str(r.person.code), str(r.person)) for r in readers)])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def criteria(self) -> Criteria:
        self.is_valid()
        data = self.cleaned_data
        return Criteria(
            text=data.get("q") or "",
            status=data.get("status") or "",
            trade=data.get("trade") or "",
            expertise=data.get("expertise") or "",
            years_from=data.get("years_from"),
            years_to=data.get("years_to"),
            mark_from=data.get("mark_from"),
            mark_to=data.get("mark_to"),
            reader=data.get("reader") or "",
            unread=bool(data.get("unread")),
            apart=bool(data.get("apart")),
            duplicates=bool(data.get("duplicates")),
            order=data.get("order") or "number",
        )

    def chosen_columns(self) -> list[str]:
        self.is_valid()
        return list(self.cleaned_data.get("columns") or USUAL)

    @property
    def details_are_used(self) -> bool:
        """Whether a filter of the folded part narrows the list: it must then be seen."""
        folded = ("expertise", "reader", "years_from", "years_to", "mark_from", "mark_to")
        return any(self.data.get(name) for name in (*folded, "unread", "apart", "duplicates"))


class SavedViewForm(forms.Form):
    name = forms.CharField(
        label="Nom de la vue",
        max_length=60,
        error_messages={"required": "Donnez un nom à cette vue."},
    )
    is_shared = forms.BooleanField(label="Visible de toute l’équipe", required=False)
    query = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="vue_%s", **kwargs)
