"""What each deed on many applications needs to be told."""

from collections.abc import Mapping
from typing import Any

from django import forms

from candidates.choices import INELIGIBILITY_LETTERS, BulkKind, Ineligibility, Outcome
from candidates.models import Review
from eig.design.fields import offer
from eig.design.moments import MomentField
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.evaluation.forms import AssignManyForm
from eig.listing.lists import DeedForm
from eig.mail.outbox import SUBJECT_LIMIT
from eig.promotions.models import Promotion
from eig.waves.choices import WaveSubject
from eig.waves.queries import waves_prepared


class BulkAssignForm(AssignManyForm):
    MODEL = Review


class IneligibilityForm(forms.Form):
    """A named reason of the règlement, and the sentence that is told."""

    code = forms.ChoiceField(label="Motif", choices=Ineligibility.choices, initial=Ineligibility.OTHER)
    reason = forms.CharField(
        label="Ce qui est dit à la personne",
        help_text="Laissez vide pour la phrase du règlement qui correspond au motif.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        code = data.get("code")
        if code and not (data.get("reason") or "").strip():
            data["reason"] = INELIGIBILITY_LETTERS[Ineligibility(code)]
            if not data["reason"]:
                self.add_error("reason", "Indiquez le motif : il est communiqué à la personne.")
        return data


class BulkIneligibleForm(DeedForm, IneligibilityForm):
    """The same, of many."""


class BulkProposeForm(DeedForm):
    wave = forms.ChoiceField(label="Vague")
    outcome = forms.ChoiceField(label="Décision", choices=Outcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Motif communiqué",
        help_text="Laissez vide pour les phrases de la grille, propres à chaque dossier.",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, promotion: Promotion, **kwargs: Any) -> None:
        super().__init__(*args, promotion=promotion, **kwargs)
        waves = waves_prepared(promotion, WaveSubject.APPLICATIONS)
        offer(self, "wave", [(str(w.code), w.title) for w in waves], blank="Sélectionnez une vague")


class BulkCompleteForm(DeedForm):
    questions = forms.MultipleChoiceField(
        label="Réponses à compléter",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins une réponse à compléter."},
    )
    reason = forms.CharField(
        label="Ce qui est demandé", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    due_at = MomentField(label="À répondre avant")

    def __init__(self, *args: Any, promotion: Promotion, **kwargs: Any) -> None:
        super().__init__(*args, promotion=promotion, **kwargs)
        form = form_of(promotion, FormKind.APPLICATION)
        offer(self, "questions", [(item.code, item.label) for item in form.questions()])

    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "due_at": self.cleaned_data["due_at"].isoformat()}


class BulkWriteForm(DeedForm):
    subject = forms.CharField(label="Objet", max_length=SUBJECT_LIMIT)
    text = forms.CharField(
        label="Message",
        help_text="« Bonjour » et le prénom, le lien vers la candidature et la signature s’ajoutent seuls.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


FORMS: Mapping[BulkKind, type[DeedForm]] = {
    BulkKind.ASSIGN: BulkAssignForm,
    BulkKind.INELIGIBLE: BulkIneligibleForm,
    BulkKind.PROPOSE: BulkProposeForm,
    BulkKind.COMPLETE: BulkCompleteForm,
    BulkKind.WRITE: BulkWriteForm,
}
