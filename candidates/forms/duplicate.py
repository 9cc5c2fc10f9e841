"""What is concluded of two applications that look alike."""

from typing import Any

from django import forms

from candidates.models import Application
from eig.design.fields import offer


class DuplicateForm(forms.Form):
    conclusion = forms.ChoiceField(label="Conclusion", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Raison",
        help_text="Elle reste dans l’historique des deux dossiers ; elle n’est pas envoyée.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Indiquez la raison : elle reste dans l’historique des deux dossiers."},
    )

    def __init__(self, *args: Any, pair: tuple[Application, Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, second = pair
        conclusions = [
            ("distinct", "Garder les deux : deux personnes, ou deux dossiers légitimes"),
            (str(second.code), f"Lire {first.number}, mettre {second.number} de côté (inéligible)"),
            (str(first.code), f"Lire {second.number}, mettre {first.number} de côté (inéligible)"),
        ]
        offer(self, "conclusion", conclusions)
