"""The talent pool: consent, filters."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from candidates.queries.pool import ORDERS
from eig.design.widgets import DateInput


class PoolForm(forms.Form):
    """A consent is a tick that the person makes, with an end."""

    consents = forms.BooleanField(
        label="J’accepte que l’équipe programme garde mes coordonnées et mes métiers pour me prévenir "
        "des prochains appels, jusqu’à la date choisie",
        error_messages={"required": "Cochez la case : sans votre accord, vous n’entrez pas dans le vivier."},
    )
    until = forms.DateField(
        label="Jusqu’au",
        help_text="Deux ans au plus. Ce jour-là, l’inscription s’efface.",
        widget=DateInput(),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"until": today + timedelta(days=365)})
        super().__init__(data, **kwargs)
        self.today = today

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if not self.today < until <= self.today + timedelta(days=730):
            raise forms.ValidationError("Choisissez une date de fin, dans les deux ans qui viennent.")
        return until


class PoolFilter(forms.Form):
    """Never invalid for its reader: what makes no sense is ignored."""

    q = forms.CharField(label="Nom, adresse ou expertise", required=False, max_length=100)
    trade = forms.ChoiceField(label="Métier", required=False)
    years_from = forms.IntegerField(
        label="Expérience, au moins (ans)", required=False, min_value=0, max_value=60
    )
    order = forms.ChoiceField(
        label="Trier par", required=False, choices=[(code, label) for code, (label, _) in ORDERS.items()]
    )

    def __init__(self, data: Mapping[str, Any], *, trades: Sequence[str]) -> None:
        super().__init__(data, auto_id="filtre_%s")
        field = self.fields["trade"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Tous"), *((trade, trade) for trade in trades)]

    def values(self) -> dict[str, Any]:
        self.is_valid()
        data = self.cleaned_data
        return {
            "text": data.get("q") or "",
            "trade": data.get("trade") or "",
            "years_from": data.get("years_from"),
            "order": data.get("order") or "name",
        }
