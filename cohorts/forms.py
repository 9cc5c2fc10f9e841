"""Listen: the week's bulletin, companions, ends of missions, the directory."""

from datetime import datetime
from typing import Any

from django import forms

from cohorts.choices import CompanionRole, Mood
from cohorts.models import Bulletin, DirectoryEntry
from cohorts.queries.alumni import directory_choices
from eig.accounts.fields import AddressField
from eig.accounts.queries import person_at
from eig.design.fields import offer
from eig.design.moments import DayField


class BulletinForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    mood = forms.ChoiceField(
        label="État d’esprit de l’équipe", choices=Mood.choices, widget=forms.RadioSelect
    )
    # Which version was read; empty for a first one.
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    class Meta:
        model = Bulletin
        fields = ("mood", "priority", "worked", "hard", "help")
        widgets = {
            "worked": forms.Textarea(attrs={"rows": 3}),
            "hard": forms.Textarea(attrs={"rows": 3}),
            "help": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {"help": "Toute la promotion et l’équipe du programme le lisent."}

    def clean_seen(self) -> datetime | None:
        """An unreadable stamp is no stamp: the text is then compared with what is kept."""
        try:
            return datetime.fromisoformat(self.cleaned_data["seen"])
        except ValueError:
            return None

    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    def validate_constraints(self) -> None:
        """One bulletin a week: the action says it, with both texts."""


class CompanionForm(forms.Form):
    email = AddressField(help_text="Celle de son compte sur ce service.")
    role = forms.ChoiceField(label="Rôle", choices=CompanionRole.choices)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        self.person = person_at(email)
        if self.person is None or not self.person.is_active:
            raise forms.ValidationError(
                "Personne n’a de compte à cette adresse. Invitez d’abord cette personne."
            )
        return email


class EndForm(forms.Form):
    on = DayField(label="Dernier jour de mission")


class HeadlineForm(forms.Form):
    headline = forms.CharField(
        label="Ce que vous faites aujourd’hui",
        max_length=DirectoryEntry._meta.get_field("headline").max_length,
        required=False,
        help_text="Par exemple : « Designer à la direction du numérique, Lyon ».",
    )
    agreed = forms.BooleanField(
        label="J’accepte que mon nom, mon métier, mon défi et cette phrase soient publics pendant deux ans",
        error_messages={"required": "Sans votre accord, votre fiche n’est pas publiée."},
    )


class DirectoryFilter(forms.Form):
    q = forms.CharField(label="Nom, défi, activité", required=False, max_length=80)
    promotion = forms.ChoiceField(label="Promotion", required=False)
    metier = forms.ChoiceField(label="Métier", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        promotions, trades = directory_choices()
        for name, choices, every in (("promotion", promotions, "Toutes"), ("metier", trades, "Tous")):
            offer(self, name, choices, blank=every)
