"""Waves and proposals, for staff."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from eig.design.widgets import DateTimeInput
from projects.choices import Outcome


class WaveForm(forms.Form):
    title = forms.CharField(
        label="Intitulé", max_length=120, help_text="Pour l’équipe. Par exemple : Lauréats de mars."
    )
    publishes_at = forms.DateTimeField(
        label="Publication",
        widget=DateTimeInput(),
        help_text="Heure de Paris. À cet instant, les pages changent et les messages partent.",
        error_messages={"invalid": "Indiquez une date et une heure."},
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_publishes_at(self) -> datetime:
        moment: datetime = self.cleaned_data["publishes_at"]
        if moment < self.now - timedelta(minutes=5):
            raise forms.ValidationError("Cette heure est passée : choisissez un moment à venir.")
        return moment


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(
        label="Décision proposée",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une décision."},
    )
    reserve_rank = forms.IntegerField(
        label="Rang en liste complémentaire",
        required=False,
        min_value=1,
        max_value=999,
        help_text="Seulement pour la liste complémentaire. Vide : à la suite des autres.",
    )
    reason = forms.CharField(
        label="Motif communiqué",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Écrit tel quel dans le message. Il part des phrases de la grille les plus proches "
        "des notes : relisez, complétez.",
        error_messages={"required": "Indiquez le motif communiqué au projet."},
    )

    def values(self) -> dict[str, Any]:
        """Arguments of `propose_decision`."""
        data = self.cleaned_data
        return {
            "outcome": data["outcome"],
            "reason": data["reason"],
            "reserve_rank": data["reserve_rank"] if data["outcome"] == Outcome.RESERVE else None,
        }
