"""The room on the day: presence, the panel's opinion, another time."""

from typing import Any

from django import forms

from eig.evaluation.queries import GridView
from matching.interviews.choices import Presence


class PresenceForm(forms.Form):
    """A button of the room: where the candidate is. Others states come from their own deeds."""

    status = forms.ChoiceField(
        choices=[
            (choice.value, choice.label)
            for choice in (
                Presence.EXPECTED,
                Presence.PRESENT,
                Presence.LATE,
                Presence.ABSENT,
                Presence.EXCUSED,
            )
        ]
    )


class OpinionForm(forms.Form):
    """What the panel thinks together."""

    verdict = forms.ChoiceField(label="Avis collectif", widget=forms.RadioSelect, required=False)
    text = forms.CharField(
        label="Appréciation collective",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=(
            "Ce que le jury retient, en quelques phrases : forces, réserves, accord ou désaccord. "
            "La personne pourra la demander."
        ),
        error_messages={"required": "Écrivez en quelques phrases ce que le jury retient."},
    )

    def __init__(self, *args: Any, grid: GridView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if grid.grid.verdicts:
            self.fields["verdict"].choices = [  # type: ignore[attr-defined]
                (str(value), str(label)) for value, label in grid.grid.verdicts
            ]
        else:
            del self.fields["verdict"]


class NewTimeForm(forms.Form):
    slot = forms.UUIDField(
        error_messages={"required": "Choisissez un créneau.", "invalid": "Choisissez un créneau."}
    )
