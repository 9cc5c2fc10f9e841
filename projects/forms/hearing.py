"""What the team composes (members, half-days of a plan, hours) and the collective grid of a jury."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast

from django import forms

from eig.evaluation.forms import ReviewForm
from eig.evaluation.models import Sheet
from eig.evaluation.queries import GridView
from eig.french import dates
from eig.juries.forms import JurorForm, RoomsField
from eig.juries.queries import half_day_label
from eig.promotions.models import Promotion
from projects.choices import HearingStatus
from projects.models import Hearing, HearingGroup, HearingHalfDay, HearingJuror, Project
from projects.queries.hearing import half_days_of, open_times, projects_to_hear


class ProjectJurorForm(JurorForm):
    absences = forms.MultipleChoiceField(
        label="Demi-journées où cette personne ne peut pas venir",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, promotion: Promotion, juror: HearingJuror | None = None, **kwargs: Any
    ) -> None:
        if juror is not None:
            away = juror.absences.order_by("pk").values_list("half_day_id", flat=True)
            kwargs["initial"] = {"absences": list(away)}
        super().__init__(*args, promotion=promotion, juror=juror, **kwargs)
        self.half_days = _offer(self.fields["absences"], promotion)
        if not self.half_days:
            del self.fields["absences"]

    def values(self) -> dict[str, Any]:
        """Arguments of `appoint_project_juror`, but for the person."""
        absences = self.cleaned_data.get("absences") or ()
        return {**super().values(), "absences": [self.half_days[code] for code in absences]}


def _offer(field: forms.Field, promotion: Promotion) -> dict[str, HearingHalfDay]:
    """Let a field choose among the half-days of the juries; those it offers, by their code."""
    half_days = {str(day.pk): day for day in half_days_of(promotion)}
    choices = [(code, half_day_label(day)) for code, day in half_days.items()]
    cast(forms.MultipleChoiceField, field).choices = choices
    return half_days


class PlanForm(forms.Form):
    """What the proposal starts from."""

    half_days = forms.MultipleChoiceField(
        label="Demi-journées",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins une demi-journée."},
    )
    rooms = RoomsField(
        label="Salles",
        max_length=400,
        help_text="Une par ligne, en présence ou en visioconférence. "
        "Chaque salle reçoit un jury par demi-journée.",
        error_messages={"required": "Indiquez au moins une salle."},
    )
    projects = forms.MultipleChoiceField(
        label="Projets à entendre",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins un projet."},
    )

    def __init__(self, *args: Any, promotion: Promotion, **kwargs: Any) -> None:
        self.waiting = list(projects_to_hear(promotion))
        kwargs.setdefault("initial", {"projects": [str(row.code) for row in self.waiting]})
        super().__init__(*args, **kwargs)
        self.days = _offer(self.fields["half_days"], promotion)
        titles = [(str(row.code), row.title) for row in self.waiting]
        cast(forms.MultipleChoiceField, self.fields["projects"]).choices = titles

    def values(self) -> dict[str, Any]:
        """Arguments of `propose_plan`."""
        chosen = set(self.cleaned_data["projects"])
        return {
            "half_days": [self.days[code] for code in self.cleaned_data["half_days"]],
            "rooms": self.cleaned_data["rooms"],
            "projects": {row.pk for row in self.waiting if str(row.code) in chosen},
        }


def times_offered(groups: Sequence[HearingGroup], *, near: HearingGroup) -> list[tuple[str, str]]:
    """Every hour of every jury, those of `near` first: value « group|instant », label with what passes."""
    offered = []
    for group in sorted(groups, key=lambda item: (item.pk != near.pk, item.during.lower, item.room)):
        heard = {
            item.during.lower: item.project.title
            for item in group.hearings.all()
            if item.status != HearingStatus.CANCELLED
        }
        for starts, _ in open_times(group):
            taken = heard.get(starts)
            label = f"{group.name}, {dates.instant(starts, weekday=True, year=False)}"
            words = f"{label} – échanger avec « {taken} »" if taken else label
            offered.append((f"{group.code}|{starts.isoformat()}", words))
    return offered


class TimeForm(forms.Form):
    """Where and when a project passes: one of the hours of one of the juries."""

    place = forms.ChoiceField(label="Jury et heure", error_messages={"required": "Choisissez une heure."})

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["place"]).choices = [("", "Choisir"), *offered]

    def where(self) -> tuple[str, datetime]:
        code, _, instant = self.cleaned_data["place"].partition("|")
        return code, datetime.fromisoformat(instant)


class ProjectPlaceForm(TimeForm):
    project = forms.ChoiceField(label="Projet", error_messages={"required": "Choisissez un projet."})
    field_order = ("project", "place")

    def __init__(self, *args: Any, projects: Iterable[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = {str(row.code): row for row in projects}
        titles = [(code, row.title) for code, row in self.waiting.items()]
        cast(forms.ChoiceField, self.fields["project"]).choices = [("", "Choisir un projet"), *titles]

    def chosen(self) -> Project:
        return self.waiting[self.cleaned_data["project"]]


class HearingForm(ReviewForm):
    """The collective grid: a reader's, and the rank that the jury gives among what it heard."""

    def __init__(self, data: Any = None, *, grid: GridView, hearing: Hearing, count: int) -> None:
        super().__init__(data, grid=grid, sheet=hearing.sheet or Sheet())
        self.fields["comment"].label = "Synthèse de la discussion"
        self.fields[
            "comment"
        ].help_text = "Lue par l’équipe programme ; elle nourrit le motif communiqué au projet."
        self.fields["favourite"].label = "Coup de cœur du jury"
        self.fields["verdict"].label = "Avis du jury"
        self.fields["rank"] = forms.TypedChoiceField(
            label="Rang parmi les projets entendus par ce jury",
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", "Pas encore"), *((str(rank), str(rank)) for rank in range(1, count + 1))],
            initial=hearing.rank or "",
        )

    def values(self) -> dict[str, Any]:
        """Arguments of `save_hearing`."""
        return {**super().values(), "rank": self.cleaned_data.get("rank")}
