"""What anybody may send: a registration, a booking."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser

from eig.accounts.fields import AddressField, NameField
from eig.accounts.models import User
from eig.design.fields import offer
from eig.meetings.choices import WebinarAudience
from eig.promotions.models import Promotion
from eig.promotions.queries import opened_trades

ORGANISATION = forms.TextInput(attrs={"autocomplete": "organization"})


class PersonForm(forms.Form):
    name = NameField(label="Prénom et nom", max_length=120)
    email = AddressField(
        help_text="Pour la confirmation et le lien qui permet de changer d’avis. Exemple : nom@domaine.fr"
    )

    def __init__(self, *args: Any, person: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        if isinstance(person, User):
            self.initial = {**self.initial, "name": person.get_full_name(), "email": person.email}


class RegistrationForm(PersonForm):
    organisation = forms.CharField(
        label="Organisme",
        required=False,
        max_length=160,
        widget=ORGANISATION,
        help_text="Pour préparer le webinaire.",
    )


class BookingForm(PersonForm):
    organisation = forms.CharField(
        label="Administration",
        max_length=160,
        widget=ORGANISATION,
        help_text="Par exemple : Préfecture de la Creuse.",
    )
    subject = forms.CharField(
        label="De quoi voulez-vous parler ?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Une ou deux phrases suffisent : votre conseillère ou votre conseiller s’y prépare.",
    )


class WebinarFilter(forms.Form):
    audience = forms.ChoiceField(
        label="Public", required=False, choices=[("", "Tous"), *WebinarAudience.choices]
    )
    trade = forms.ChoiceField(label="Métier", required=False)

    def __init__(self, *args: Any, promotion: Promotion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "trade", opened_trades(promotion).values_list("code", "label"), blank="Tous")

    def criteria(self) -> dict[str, str]:
        """What was asked and makes sense; the rest is as if it were not."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}
