"""Listen: scenarios and their directives, the example of the algorithm page."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from eig.french import french, of
from eig.promotions.models import Promotion
from matching.teams.choices import DirectiveKind
from projects.choices import Status as ProjectStatus
from projects.models import Project


class ScenarioForm(forms.Form):
    name = forms.CharField(label="Nom du scénario", max_length=80, help_text="Par exemple : « Référence ».")
    enforce_minimum = forms.BooleanField(
        label="Fermer les projets qui n’atteignent pas la taille minimale d’une équipe",
        required=False,
        initial=True,
    )


class CopyForm(forms.Form):
    name = forms.CharField(label="Nom de la copie", max_length=80)


class PeopleForm(forms.Form):
    q = forms.CharField(label="Nom ou numéro de candidature", max_length=100, required=False)


class SeedForm(forms.Form):
    seed = forms.CharField(
        label="Graine choisie",
        max_length=120,
        required=False,
        help_text="Laissez vide pour que l’application la tire au hasard. "
        "Elle ne peut être choisie qu’avant le premier dépôt de candidature.",
    )


class ApplicationChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.candidate} ({obj.number})"


class DirectiveForm(forms.Form):
    kind = forms.ChoiceField(label="Consigne", choices=DirectiveKind.choices, widget=forms.RadioSelect)
    application = ApplicationChoice(
        label="Personne", queryset=Application.objects.none(), empty_label="Choisir une personne"
    )
    project = forms.ModelChoiceField(
        label="Projet", queryset=Project.objects.none(), empty_label="Choisir un projet"
    )
    reason = forms.CharField(
        label="Motif",
        max_length=300,
        help_text="Il est conservé et relu : une consigne écarte la règle commune.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, promotion: Promotion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["application"]
        projects = self.fields["project"]
        assert isinstance(people, forms.ModelChoiceField)
        assert isinstance(projects, forms.ModelChoiceField)
        people.queryset = (
            Application.objects.filter(promotion=promotion, status=ApplicationStatus.SHORTLISTED)
            .select_related("candidate")
            .order_by(french("candidate__last_name"), french("candidate__first_name"), "pk")
        )
        projects.queryset = Project.objects.filter(
            promotion=promotion, status=ProjectStatus.PUBLISHED
        ).order_by(french("title"), "pk")


class ExampleForm(forms.Form):
    """A tiny market to play with: wishes and marks of three people, whose names are given.

    Marks are on the scale of the auditions' grid, to the tenth.
    """

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, example: Mapping[str, Any], scale: tuple[int, int]
    ) -> None:
        super().__init__(data)
        self.example = example
        projects: list[str] = example["projects"]
        orders = [(" > ".join(order), _spoken(order)) for order in _orders(projects)]
        for row, candidate in enumerate(example["candidates"]):
            name = candidate["name"]
            self.fields[f"wishes_{row}"] = forms.ChoiceField(
                label=f"Vœux {of(name)}", choices=orders, initial=" > ".join(candidate["wishes"])
            )
            for column, project in enumerate(projects):
                self.fields[f"mark_{row}_{column}"] = forms.DecimalField(
                    label=f"Note donnée par {project}",
                    min_value=Decimal(scale[0]),
                    max_value=Decimal(scale[1]),
                    decimal_places=1,
                    max_digits=len(str(scale[1])) + 1,
                    localize=True,
                    initial=Decimal(candidate["marks"][project].replace(",", ".")),
                )

    def people(self) -> list[tuple[str, list[forms.BoundField]]]:
        """(name, wishes then marks) for each person, in the order of the example."""
        columns = range(len(self.example["projects"]))
        return [
            (
                candidate["name"],
                [self[f"wishes_{row}"], *(self[f"mark_{row}_{column}"] for column in columns)],
            )
            for row, candidate in enumerate(self.example["candidates"])
        ]

    def instance(self) -> dict[str, Any]:
        """The market as a `team` instance: one seat a project, one trade, tenths of a point."""
        values = self.cleaned_data if self.is_bound else {name: f.initial for name, f in self.fields.items()}
        projects: list[str] = self.example["projects"]
        names = [candidate["name"] for candidate in self.example["candidates"]]
        return {
            "schema": "eig-matching/1",
            "id": "exemple",
            "kind": "team",
            "candidates": [
                {"id": name, "jobs": ["developpement"], "ranks": values[f"wishes_{row}"].split(" > ")}
                for row, name in enumerate(names)
            ],
            "projects": [
                {"id": project, "slots": [{"job": "developpement", "count": 1}], "min_size": 1}
                for project in projects
            ],
            "scores": [
                [name, project, int(values[f"mark_{row}_{column}"] * 10)]
                for row, name in enumerate(names)
                for column, project in enumerate(projects)
            ],
            "lottery": names,
            "project_lottery": projects,
            "policy": {"min_size": "ignore"},
        }


def _orders(projects: list[str]) -> list[list[str]]:
    first, second = projects[0], projects[1]
    return [[first, second], [second, first], [first], [second]]


def _spoken(order: list[str]) -> str:
    return f"{order[0]} d’abord, puis {order[1]}" if len(order) > 1 else f"{order[0]} seulement"
