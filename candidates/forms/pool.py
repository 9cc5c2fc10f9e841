"""The talent pool: consent."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms

from eig.design.moments import DayField


class PoolForm(forms.Form):
    """A consent is a tick that the person makes, with an end."""

    consents = forms.BooleanField(
        label="J’accepte que l’équipe programme garde mes coordonnées et mes métiers pour me prévenir "
        "des prochains appels, jusqu’à la date choisie",
        error_messages={"required": "Cochez la case : sans votre accord, vous n’entrez pas dans le vivier."},
    )
    until = DayField(label="Jusqu’au", help_text="Deux ans au plus. Ce jour-là, l’inscription s’efface.")

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"until": today + timedelta(days=365)})
        super().__init__(data, **kwargs)
        self.today = today

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if not self.today < until <= self.today + timedelta(days=730):
            raise forms.ValidationError("Choisissez une date de fin, dans les deux ans qui viennent.")
        return until
