"""The name under which a view of a list is kept."""

from collections.abc import Mapping
from typing import Any

from django import forms


class SavedViewForm(forms.Form):
    name = forms.CharField(
        label="Nom de la vue", max_length=60, error_messages={"required": "Donnez un nom à cette vue."}
    )
    is_shared = forms.BooleanField(label="Visible de toute l’équipe", required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="vue_%s", **kwargs)
