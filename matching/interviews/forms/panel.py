"""Panels as the programme team composes them: room, hours, seats, slots."""

from datetime import datetime
from typing import Any

from django import forms

from eig.design.moments import HoursForm
from matching.interviews.models import Juror, Panel
from matching.interviews.queries import jurors_listed


class PanelPlaceForm(forms.ModelForm[Panel]):
    link = forms.URLField(
        label="Lien de visioconférence",
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text="Donné aux candidats et candidates avec leur horaire.",
    )

    class Meta:
        model = Panel
        fields = ("name", "room", "link")
        help_texts = {"name": "Par exemple : Jury A, mardi matin."}


class PanelForm(HoursForm, PanelPlaceForm):
    field_order = ("name", "room", "link", "day", "starts", "ends")

    def hours(self) -> tuple[datetime, datetime]:
        return self.cleaned_data["starts_at"], self.cleaned_data["ends_at"]


class _JurorField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Juror) -> str:
        return f"{obj.person} – {obj.get_type_display()}"


class SeatForm(forms.Form):
    juror = _JurorField(
        label="Personne",
        queryset=Juror.objects.none(),
        to_field_name="code",
        empty_label="Choisir une personne",
    )
    referent = forms.BooleanField(label="Référent ou référente du jury", required=False)

    def __init__(self, *args: Any, panel: Panel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["juror"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = jurors_listed(panel.promotion).exclude(seats__panel=panel)


class SlotsForm(forms.Form):
    minutes = forms.IntegerField(label="Durée d’un créneau (minutes)", min_value=5, max_value=240)
    pause = forms.IntegerField(
        label="Pause entre deux créneaux (minutes)", min_value=0, max_value=120, initial=0
    )
