"""Auditions as the programme team lists, plans and cancels them."""

from typing import Any

from django import forms

from candidates.models import Application
from eig.french import french
from eig.promotions.models import Promotion
from matching.ranking.queries import shortlisted_applications
from projects.choices import Status as ProjectStatus
from projects.models import Project

ANY = ("", "Tous")


class _PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Application) -> str:
        return f"{obj.candidate} ({obj.number})"


class HandPlanForm(forms.Form):
    application = _PersonField(
        label="Personne", queryset=Application.objects.none(), to_field_name="code", empty_label="Choisir"
    )
    project = forms.ModelChoiceField(
        label="Projet", queryset=Project.objects.none(), to_field_name="code", empty_label="Choisir"
    )

    def __init__(self, *args: Any, promotion: Promotion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people, projects = self.fields["application"], self.fields["project"]
        assert isinstance(people, forms.ModelChoiceField)
        assert isinstance(projects, forms.ModelChoiceField)
        people.queryset = shortlisted_applications(promotion).order_by(
            french("candidate__last_name"), french("candidate__first_name"), "pk"
        )
        projects.queryset = Project.objects.filter(
            promotion=promotion, status=ProjectStatus.PUBLISHED
        ).order_by(french("title"), "pk")


class CancelForm(forms.Form):
    reason = forms.CharField(
        label="Motif donné à la personne",
        required=False,
        max_length=300,
        help_text=(
            "Écrit dans le courriel si l’audition lui avait été annoncée. Par exemple : le projet est retiré."
        ),
    )
