"""Whom a visa is asked of, and what they answer."""

from django import forms

from eig.accounts.fields import AddressField, NameField


class VisaForm(forms.Form):
    name = NameField(label="Prénom et nom", max_length=120, help_text="Qui approuve la rubrique.")
    email = AddressField(
        label="Adresse électronique professionnelle",
        help_text="Un lien personnel y est envoyé. Exemple : nom@ministere.gouv.fr",
    )


class VisaChangeForm(forms.Form):
    comment = forms.CharField(
        label="Ce qu’il faut changer",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Les personnes qui écrivent le dossier le liront tel quel.",
    )
