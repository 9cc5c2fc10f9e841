"""Readers: what they take, how many at most."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from eig.design.fields import offer
from eig.promotions.models import Trade


class ReaderForm(forms.Form):
    trades = forms.MultipleChoiceField(
        label="Métiers lus",
        help_text="Aucun coché : tous les métiers.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    cap = forms.IntegerField(label="Nombre maximal de candidatures", min_value=0, max_value=1000)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, trades: Iterable[Trade], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.choices = {trade.code: trade for trade in trades}
        offer(self, "trades", [(code, trade.label) for code, trade in self.choices.items()])

    def chosen(self) -> list[Trade]:
        return [self.choices[code] for code in self.cleaned_data["trades"]]
