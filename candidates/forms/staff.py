"""What the programme team types: filters, reasons, readers, waves, proposals."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from candidates.choices import Outcome, Status
from candidates.models import Review
from candidates.queries import ORDERS, LoadedReader
from eig.design.widgets import DateTimeInput
from eig.promotions.models import Trade

LISTED = [choice for choice in Status.choices if choice[0] != Status.DRAFT]
ANY = ("", "Tous")


class ApplicationFilter(forms.Form):
    """Never invalid for its reader: what makes no sense is ignored."""

    q = forms.CharField(label="Nom, adresse ou numéro", required=False, max_length=100)
    status = forms.ChoiceField(label="État", required=False, choices=[ANY, *LISTED])
    trade = forms.ChoiceField(label="Métier", required=False)
    unread = forms.BooleanField(label="Lectures manquantes", required=False)
    order = forms.ChoiceField(
        label="Trier par", required=False, choices=[(code, label) for code, (label, _) in ORDERS.items()]
    )

    def __init__(self, data: Mapping[str, Any], *, trades: Iterable[Trade]) -> None:
        super().__init__(data, auto_id="filtre_%s")
        self.trades = list(trades)
        field = self.fields["trade"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [ANY, *((trade.code, trade.label) for trade in self.trades)]

    def values(self) -> dict[str, Any]:
        self.is_valid()
        data = self.cleaned_data
        return {
            "text": data.get("q") or "",
            "status": data.get("status") or "",
            "trade": data.get("trade") or "",
            "unread": bool(data.get("unread")),
            "order": data.get("order") or "number",
        }


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Motif communiqué à la personne",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Indiquez le motif : il est communiqué à la personne."},
    )


class RecusalForm(forms.Form):
    reader = forms.ChoiceField(label="Qui se déporte")
    reason = forms.CharField(label="Motif du déport", max_length=300)

    def __init__(self, data: Mapping[str, Any] | None = None, *, reviews: Iterable[Review]) -> None:
        super().__init__(data, auto_id="deport_%s")
        field = self.fields["reader"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "Sélectionnez une personne"),
            *((str(review.reader.code), str(review.reader)) for review in reviews),
        ]


class AssignForm(forms.Form):
    reader = forms.ChoiceField(label="Ajouter un lecteur ou une lectrice")

    def __init__(self, data: Mapping[str, Any] | None = None, *, readers: Sequence[LoadedReader]) -> None:
        super().__init__(data)
        field = self.fields["reader"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "Sélectionnez une personne"),
            *((str(row.person.code), f"{row.person} – {row.held} sur {row.cap}") for row in readers),
        ]


class WaveForm(forms.Form):
    title = forms.CharField(label="Intitulé de la vague", max_length=120)
    publishes_at = forms.DateTimeField(
        label="Publication prévue",
        help_text="Heure de Paris. La page des candidats et les messages changent à cet instant.",
        widget=DateTimeInput(),
    )


class ProposalForm(forms.Form):
    """Keep the best of each trade, or everybody from a mark up; or both."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, trades: Sequence[Any], scale_max: int
    ) -> None:
        super().__init__(data, use_required_attribute=False)
        self.codes = [trade.code for trade in trades]
        for trade in trades:
            self.fields[f"top_{trade.code}"] = forms.IntegerField(
                label=trade.label,
                help_text=f"{trade.waiting} à décider",
                required=False,
                min_value=0,
                max_value=1000,
            )
        self.fields["least"] = forms.DecimalField(
            label="Note moyenne minimale",
            help_text=f"Sur {scale_max}, par exemple 3,2. Laissez vide pour ne pas fixer de seuil.",
            required=False,
            min_value=Decimal(0),
            max_value=Decimal(scale_max),
            decimal_places=2,
            localize=True,
        )
        self.fields["decline_others"] = forms.BooleanField(
            label="Proposer de ne pas retenir les autres", required=False, initial=True
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not self.tops() and data.get("least") is None:
            raise forms.ValidationError("Indiquez un nombre pour un métier au moins, ou une note minimale.")
        return data

    def top_fields(self) -> list[forms.BoundField]:
        return [self[f"top_{code}"] for code in self.codes]

    def tops(self) -> dict[str, int]:
        given = {code: self.cleaned_data.get(f"top_{code}") for code in self.codes}
        return {code: count for code, count in given.items() if count is not None}


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(label="Décision", choices=Outcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Motif communiqué à la personne",
        help_text="Il figure dans le message et sur la page de la personne.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Indiquez le motif communiqué à la personne."},
    )
