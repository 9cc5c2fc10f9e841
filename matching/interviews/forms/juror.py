"""Jurors as the programme team lists and appoints them."""

from django import forms

from eig.accounts.fields import AddressField, NameField
from eig.accounts.models import User
from eig.accounts.queries import person_at
from eig.juries.choices import JurorKind


class JurorForm(forms.Form):
    email = AddressField()
    first_name = NameField(label="Prénom", max_length=80)
    last_name = NameField(label="Nom", max_length=80)
    type = forms.ChoiceField(label="Qualité", choices=JurorKind.choices, widget=forms.RadioSelect)
    organisation = forms.CharField(
        label="Organisme",
        required=False,
        max_length=160,
        help_text="Sert à repérer les liens possibles avec les candidats et candidates.",
    )

    def known(self) -> User | None:
        """The account behind the address, if any: its own name is kept."""
        return person_at(self.cleaned_data["email"])
