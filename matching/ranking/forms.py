"""Listen: filters of the lists, the reason for a wish."""

from collections.abc import Sequence
from typing import Any

from django import forms

from eig.design.fields import offer
from matching.ranking.choices import Cause
from matching.ranking.models import Adjustment, Choice

ANY = ("", "Tous")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=str(Choice._meta.get_field("reason").verbose_name).capitalize(),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Facultatif. Le jury ne lit pas ce texte et ne connaît pas vos rangs.",
    )


class AdjustmentForm(forms.Form):
    """What becomes of one wish whose project was withdrawn or changed: which project, at which rank."""

    KEEP, NONE = "keep", ""

    project = forms.ChoiceField(required=False)
    rank = forms.TypedChoiceField(label="À quel rang", coerce=int)

    def __init__(
        self, data: Any = None, *, adjustment: Adjustment, offers: Sequence[tuple[str, str]], ranks: int
    ) -> None:
        super().__init__(data, prefix=str(adjustment.code))
        title = adjustment.project.title
        kept = adjustment.cause == Cause.CHANGED
        first = [(self.KEEP, f"Garder « {title} »")] if kept else []
        label = f"À la place de « {title} »" if not kept else f"Votre vœu n° {adjustment.position}"
        self.fields["project"].label = label
        offer(self, "project", [*first, (self.NONE, "Aucun défi à cette place"), *offers])
        offer(self, "rank", [(str(rank), f"Vœu n° {rank}") for rank in range(1, ranks + 1)])
        self.initial = {
            "project": self.KEEP if kept else self.NONE,
            "rank": min(adjustment.position, ranks),
            **self.initial,
        }


class ChangeForm(forms.Form):
    """What changed in a published project, in the words that its candidates will read."""

    project = forms.ChoiceField(label="Défi")
    words = forms.CharField(
        label="Ce qui change",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Cette phrase part telle quelle aux personnes qui ont classé ce défi.",
    )

    def __init__(self, *args: Any, projects: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "project", [("", "Choisir un défi"), *projects])


class OfferFilter(forms.Form):
    """Which published projects to show a candidate."""

    q = forms.CharField(label="Rechercher", required=False, max_length=80)
    theme = forms.ChoiceField(label="Thème", required=False)
    trade = forms.ChoiceField(label="Métier recherché", required=False)
    mine = forms.BooleanField(label="Seulement ceux que je peux classer", required=False)
    kept = forms.BooleanField(label="Seulement ma liste courte", required=False)

    def __init__(self, *args: Any, themes: list[str], trades: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "theme", [ANY, *((theme, theme) for theme in themes)])
        offer(self, "trade", [ANY, *((trade, trade) for trade in trades)])

    def chosen(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "") if self.is_valid() else ""
