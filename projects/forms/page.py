"""The public words of a défi, and the filters of the catalogue."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.forms.formsets import BaseFormSet

from projects.queries.page import CatalogueChoices
from projects.rules import squeezed, tidy_themes

MOST_PARTS = 8
MOST_THEMES = 6


class PageForm(forms.Form):
    title = forms.CharField(
        label="Nom public du défi", max_length=160, help_text="Celui que liront les candidats et le public."
    )
    tagline = forms.CharField(
        label="Le défi en une phrase",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ce qui donne envie de lire la suite.",
    )
    administration_name = forms.CharField(
        label="Administration", max_length=200, help_text="Telle qu’elle doit être nommée en public."
    )
    town = forms.CharField(label="Ville", max_length=100, help_text="Où l’équipe sera installée.")
    themes = forms.CharField(
        label="Thèmes",
        max_length=300,
        required=False,
        help_text="Six au plus, séparés par des virgules. Par exemple : santé, écologie, données ouvertes",
    )

    def clean_themes(self) -> list[str]:
        themes = tidy_themes(self.cleaned_data["themes"].replace(";", ",").split(","))
        if len(themes) > MOST_THEMES:
            raise forms.ValidationError(
                f"Gardez {MOST_THEMES} thèmes au plus ; vous en donnez {len(themes)}."
            )
        if long := [theme for theme in themes if len(theme) > 60]:
            raise forms.ValidationError(
                f"Un thème tient en quelques mots ; celui-ci est trop long : {long[0]}."
            )
        return themes


class BodyPartForm(forms.Form):
    title = forms.CharField(label="Intertitre", max_length=120, required=False)
    text = forms.CharField(
        label="Texte",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Une ligne vide sépare deux paragraphes.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if squeezed(data.get("title") or "") and not (data.get("text") or "").strip():
            self.add_error("text", "Cet intertitre n’a pas de texte : complétez-le, ou effacez l’intertitre.")
        if (data.get("text") or "").strip() and not squeezed(data.get("title") or ""):
            self.add_error("title", "Donnez un intertitre à ce texte.")
        return data


class BodyFormSet(BaseFormSet):  # type: ignore[type-arg] # not subscriptable when it runs
    def clean(self) -> None:
        if not any(self.errors) and not self.parts():
            raise forms.ValidationError("Écrivez au moins une partie de la présentation.")

    def parts(self) -> list[dict[str, str]]:
        """The body as stored: title and text of each filled part."""
        return [
            {"title": squeezed(form.cleaned_data["title"]), "text": form.cleaned_data["text"].strip()}
            for form in self.forms
            if form.cleaned_data.get("text", "").strip()
        ]


def body_formset(
    data: Mapping[str, Any] | None = None, *, body: Sequence[Mapping[str, str]] = ()
) -> BodyFormSet:
    """The repeatable parts of a presentation: what exists, and a blank one to add."""
    made = forms.formset_factory(
        BodyPartForm,
        formset=BodyFormSet,
        extra=0 if body else 1,
        max_num=MOST_PARTS,
        absolute_max=MOST_PARTS + 2,
        validate_max=True,
    )
    return cast(BodyFormSet, made(data, initial=[dict(part) for part in body], prefix="body"))


class CatalogueForm(forms.Form):
    """Filters travel in the address, under French names, so that a search can be shared."""

    q = forms.CharField(label="Mots recherchés", required=False, max_length=100)
    promotion = forms.ChoiceField(label="Promotion", required=False)
    theme = forms.ChoiceField(label="Thème", required=False)
    metier = forms.ChoiceField(label="Métier", required=False)
    administration = forms.ChoiceField(label="Type d’administration", required=False)
    lieu = forms.ChoiceField(label="Lieu", required=False)

    def __init__(self, *args: Any, choices: CatalogueChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "promotion": [("", "Toutes les promotions"), *choices.promotions],
            "theme": [("", "Tous les thèmes"), *((theme, theme) for theme in choices.themes)],
            "metier": [("", "Tous les métiers"), *((trade, trade) for trade in choices.trades)],
            "administration": [("", "Tous les types"), *choices.administrations],
            "lieu": [("", "Tous les lieux"), *((town, town) for town in choices.towns)],
        }
        for name, listed in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = listed
            field.error_messages["invalid_choice"] = "Ce filtre n’existe pas : il est laissé de côté."

    def criteria(self) -> dict[str, str]:
        """Arguments of `pages_filtered`; a wrong filter is told and left aside."""
        self.is_valid()
        found = {name: str(self.cleaned_data.get(name) or "") for name in self.fields}
        return {"text": found.pop("q"), "trade": found.pop("metier"), "town": found.pop("lieu"), **found}


def typed_parts(data: Mapping[str, Any]) -> list[dict[str, str]]:
    """What was typed in each part so far, to show it again with one more; empty parts are left out."""
    count = str(data.get("body-TOTAL_FORMS") or "")
    total = min(int(count), MOST_PARTS) if count.isdecimal() and len(count) < 4 else 0
    typed = [
        {name: str(data.get(f"body-{index}-{name}") or "") for name in ("title", "text")}
        for index in range(total)
    ]
    return [part for part in typed if any(part.values())]
