"""What the programme team writes: webinars, half-days of advice, notes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.timezone import localtime

from eig.accounts.models import User
from eig.design.moments import HoursForm
from eig.french import french
from eig.meetings.choices import WebinarAudience
from eig.meetings.models import Webinar
from eig.meetings.rules import SLOT_MINUTES, slot_times
from eig.meetings.rules.times import Interval
from eig.promotions.models import Promotion, Trade
from eig.promotions.queries import opened_trades

LONGEST_HALF_DAY = 36


class WebinarForm(HoursForm):
    audience = forms.ChoiceField(label="Public", choices=WebinarAudience.choices, widget=forms.RadioSelect)
    trades = forms.ModelMultipleChoiceField(
        label="Métiers",
        queryset=Trade.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        to_field_name="code",
        help_text="Pour un webinaire de candidats. Aucun métier coché : il concerne tous les métiers.",
    )
    title = forms.CharField(label="Intitulé", max_length=140)
    description = forms.CharField(
        label="Présentation",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Publique : ce qu’on y apprend, qui intervient.",
    )
    capacity = forms.IntegerField(
        label="Nombre de places",
        min_value=1,
        max_value=2000,
        help_text="Au-delà, les inscriptions vont en liste d’attente.",
    )
    link = forms.URLField(
        label="Lien de connexion",
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text="Donné aux personnes inscrites, jamais sur la page publique.",
    )

    def __init__(
        self, *args: Any, promotion: Promotion, webinar: Webinar | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["trades"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = opened_trades(promotion)
        if webinar:
            self.initial = {**self.initial, **self._from(webinar)}

    @staticmethod
    def _from(webinar: Webinar) -> dict[str, Any]:
        starts, ends = localtime(webinar.starts_at), localtime(webinar.ends_at)
        plain = ("audience", "title", "description", "capacity", "link")
        return {
            **{name: getattr(webinar, name) for name in plain},
            "trades": [trade.code for trade in webinar.trades.all()],
            "day": starts.date(),
            "starts": starts.time(),
            "ends": ends.time(),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("audience") == WebinarAudience.ADMINISTRATIONS and data.get("trades"):
            self.add_error("trades", "Les métiers concernent les webinaires de candidats.")
        return data

    def values(self) -> dict[str, Any]:
        names = (
            "audience", "title", "description", "capacity", "link", "starts_at", "ends_at", "trades",
        )  # fmt: skip
        return {name: self.cleaned_data[name] for name in names}


class CancellationForm(forms.Form):
    reason = forms.CharField(
        label="Motif",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Écrit tel quel aux personnes concernées.",
    )


class RegistrationFilter(forms.Form):
    q = forms.CharField(label="Nom, adresse ou organisme", required=False, max_length=100)


class OpenSlotsForm(HoursForm):
    adviser = forms.ModelChoiceField(
        label="Qui conseille", queryset=User.objects.none(), to_field_name="code", empty_label=None
    )
    pause = forms.IntegerField(
        label="Pause entre deux rendez-vous (minutes)", min_value=0, max_value=60, initial=5
    )
    link = forms.URLField(
        label="Lien de visioconférence",
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text="Donné avec la confirmation.",
    )
    field_order = ("adviser", "day", "starts", "ends", "pause", "link")

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["adviser"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(is_staff=True, is_active=True).order_by(
            french("last_name"), french("first_name"), "pk"
        )
        self.initial.setdefault("adviser", person.code)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors:
            count = len(self._times(data))
            if not count:
                self.add_error("ends", f"Ces heures ne laissent pas la place à {SLOT_MINUTES} minutes.")
            if count > LONGEST_HALF_DAY:
                self.add_error("ends", f"C’est plus d’une journée : {LONGEST_HALF_DAY} créneaux au plus.")
        return data

    @staticmethod
    def _times(data: dict[str, Any]) -> Sequence[Interval]:
        return slot_times(data["starts_at"], data["ends_at"], minutes=SLOT_MINUTES, pause=data["pause"])

    def times(self) -> Sequence[Interval]:
        return self._times(self.cleaned_data)


class BookingNotesForm(forms.Form):
    notes = forms.CharField(
        label="Notes",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Pour l’équipe. Toute personne peut demander à lire ce qui la concerne.",
    )
