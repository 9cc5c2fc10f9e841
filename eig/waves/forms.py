"""What the team types of a wave: its name and hour; of a decision: its outcome, rank and reason."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from eig.design.moments import MomentField
from eig.design.templatetags.words import counted
from eig.waves.kinds import WaveKind
from eig.waves.models import Wave
from eig.waves.queries import Reread, written_by
from eig.waves.rules import hour_refused


class WaveForm(forms.Form):
    """A wave to prepare; or, with `wave`, one whose name or hour changes."""

    title = forms.CharField(
        label="Intitulé", max_length=120, help_text="Pour l’équipe. Par exemple : Lauréats de mars."
    )
    publishes_at = MomentField(
        label="Publication",
        help_text="Heure de Paris. À cet instant, les pages changent et les messages partent.",
    )

    def __init__(self, *args: Any, now: datetime, wave: Wave | None = None, **kwargs: Any) -> None:
        if wave is not None:
            # The browser's picker knows no seconds.
            shown = wave.publishes_at.replace(second=0, microsecond=0)
            kwargs["initial"] = {"title": wave.title, "publishes_at": shown}
        super().__init__(*args, **kwargs)
        self.now, self.wave = now, wave

    def clean_publishes_at(self) -> datetime:
        moment: datetime = self.cleaned_data["publishes_at"]
        # The name of a wave whose hour has come may be set right, its hour left as it is.
        if self.wave is not None and "publishes_at" not in self.changed_data:
            return self.wave.publishes_at
        if refusal := hour_refused(moment, now=self.now):
            raise forms.ValidationError(refusal)
        return moment


class RereadForm(forms.Form):
    """What a second person ticked as reread, and the page that they had before their eyes."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    read = forms.TypedMultipleChoiceField(required=False, coerce=int)

    def __init__(self, *args: Any, reread: Sequence[Reread], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read = self.fields["read"]
        assert isinstance(read, forms.TypedMultipleChoiceField)
        # All of them: a sign that went away meanwhile is told as a change, not as a wrong choice.
        read.choices = [(item.decision.target.pk, str(item.decision.target)) for item in reread]


class SplitForm(forms.Form):
    """Whose decisions leave for another wave, and its name."""

    people = forms.TypedMultipleChoiceField(
        label="Décisions à séparer",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une personne."},
    )
    title = forms.CharField(label="Intitulé de la nouvelle vague", max_length=120)

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["title"] = f"{wave.title[:110]} (suite)"
        people = self.fields["people"]
        assert isinstance(people, forms.TypedMultipleChoiceField)
        people.choices = [
            (person.pk, f"{person}\u00a0: {counted(count, 'décision')}") for person, count in written_by(wave)
        ]


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(
        label="Décision proposée",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une décision."},
    )
    reserve_rank = forms.IntegerField(
        label="Rang en liste complémentaire",
        required=False,
        min_value=1,
        max_value=999,
        help_text="Seulement pour la liste complémentaire. Vide : à la suite des autres.",
    )
    reason = forms.CharField(
        label="Motif communiqué",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Écrit tel quel dans le message. Il part des phrases de la grille les plus proches "
        "des notes : relisez, complétez.",
    )

    def __init__(self, *args: Any, kind: WaveKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.choices = kind.outcomes.choices
        self.fields["reason"].error_messages["required"] = f"Indiquez le motif communiqué {kind.words.told}."
