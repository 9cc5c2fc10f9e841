"""What the gallery of components shows: a form with every kind of field, a page of a list, dates."""

from datetime import UTC, datetime

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from eig.design.widgets import DateInput

TRADES = [
    ("dev", "Développement"),
    ("data", "Data science"),
    ("design", "Design"),
    ("droit", "Droit du numérique"),
]


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Titre du projet", max_length=80, help_text="Un titre court, sans sigle.")
    email = forms.EmailField(
        label="Adresse électronique",
        help_text="Format attendu : nom@domaine.fr",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    seats = forms.IntegerField(label="Nombre de postes", min_value=2, max_value=3)
    start_on = forms.DateField(label="Date de début", widget=DateInput, required=False)
    summary = forms.CharField(
        label="Résumé", max_length=500, widget=forms.Textarea, help_text="Ce que le projet change, pour qui."
    )
    trade = forms.ChoiceField(label="Métier principal", choices=[("", "Choisir un métier"), *TRADES])
    trades = forms.MultipleChoiceField(
        label="Métiers recherchés",
        choices=TRADES,
        widget=forms.CheckboxSelectMultiple,
        help_text="Plusieurs réponses possibles.",
    )
    remote = forms.ChoiceField(
        label="Télétravail", choices=[("oui", "Oui"), ("non", "Non")], widget=forms.RadioSelect
    )
    password = forms.CharField(
        label="Mot de passe",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="15 caractères au moins.",
    )
    cv = forms.FileField(label="Curriculum vitæ", required=False, help_text="PDF, 10 Mo au maximum.")
    agreed = forms.BooleanField(label="J’atteste l’exactitude de ces informations")


class PersonForm(forms.Form):
    first_name = forms.CharField(label="Prénom")
    last_name = forms.CharField(label="Nom")


def gallery_samples(request: HttpRequest) -> dict[str, object]:
    """`?erreurs` shows the same form refused; `?page=` moves in the list."""
    refused = "erreurs" in request.GET
    people = forms.formset_factory(PersonForm, extra=2)
    return {
        "form": SampleForm({"title": "x" * 81, "trades": ["dev"]}) if refused else SampleForm(),
        "filters": SampleForm(prefix="filtre"),
        "people": people(prefix="personnes"),
        "page": Paginator(range(1, 241), 20).get_page(request.GET.get("page", 4)),
        "at": datetime(2021, 5, 3, 21, 59, 58, tzinfo=UTC),
        "steps": ["Vous", "Votre parcours", "Vos motivations", "Pièces", "Relecture"],
    }
