"""What the team composes (members, juries, half-days) and the collective grid of a jury."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.timezone import localtime

from eig.accounts.fields import AddressField, NameField
from eig.design.moments import HoursForm
from eig.evaluation.forms import ReviewForm
from eig.evaluation.models import Sheet
from eig.evaluation.queries import GridView
from eig.french import dates
from eig.juries.choices import JurorKind
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Promotion
from eig.promotions.queries import phase_of
from projects.choices import HearingStatus
from projects.models import Hearing, HearingGroup, HearingJuror, Project
from projects.queries.hearing import open_times, projects_to_hear

LONGEST_SELECTION = 40


def half_days_of(promotion: Promotion) -> list[tuple[str, str]]:
    """The working half-days of the selection of projects: code and label."""
    phase = phase_of(promotion, PhaseKind.PROJECT_REVIEW)
    if phase is None:
        return []
    day, last = localtime(phase.opens_at).date(), localtime(phase.closes_at).date()
    found: list[tuple[str, str]] = []
    while day <= last and len(found) < LONGEST_SELECTION * 2:
        if day.weekday() < 5:
            label = dates.day(day, weekday=True, year=False)
            found += [(f"{day}-am", f"{label}, matin"), (f"{day}-pm", f"{label}, après-midi")]
        day += timedelta(days=1)
    return found


class ProjectJurorForm(forms.Form):
    email = AddressField()
    first_name = NameField(label="Prénom", max_length=80)
    last_name = NameField(label="Nom", max_length=80)
    kind = forms.ChoiceField(label="Qualité", choices=JurorKind.choices, widget=forms.RadioSelect)
    organisation = forms.CharField(
        label="Organisme",
        required=False,
        max_length=160,
        help_text="Sert à repérer les liens possibles avec les administrations qui portent un projet.",
    )
    absences = forms.MultipleChoiceField(
        label="Demi-journées où cette personne ne peut pas venir",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, promotion: Promotion, juror: HearingJuror | None = None, **kwargs: Any
    ) -> None:
        if juror is not None:
            kwargs["initial"] = {
                "kind": juror.kind, "organisation": juror.organisation, "absences": juror.absences,
            }  # fmt: skip
        super().__init__(*args, **kwargs)
        field = self.fields["absences"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = half_days_of(promotion)
        if not field.choices:
            del self.fields["absences"]
        if juror is not None:
            for name in ("email", "first_name", "last_name"):
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        """Arguments of `appoint_project_juror`, but for the person."""
        data = self.cleaned_data
        return {
            "kind": data["kind"],
            "organisation": data["organisation"],
            "absences": data.get("absences") or [],
        }


class PlanForm(forms.Form):
    """What the proposal starts from."""

    half_days = forms.MultipleChoiceField(
        label="Demi-journées",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins une demi-journée."},
    )
    rooms = forms.CharField(
        label="Salles",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
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
        days, projects = self.fields["half_days"], self.fields["projects"]
        assert isinstance(days, forms.MultipleChoiceField)
        assert isinstance(projects, forms.MultipleChoiceField)
        days.choices = half_days_of(promotion)
        projects.choices = [(str(row.code), row.title) for row in self.waiting]

    def clean_rooms(self) -> list[str]:
        lines = [" ".join(line.split())[:80] for line in self.cleaned_data["rooms"].splitlines()]
        return list(dict.fromkeys(line for line in lines if line))

    def values(self) -> dict[str, Any]:
        """Arguments of `propose_plan`."""
        chosen = set(self.cleaned_data["projects"])
        return {
            "half_days": self.cleaned_data["half_days"],
            "rooms": self.cleaned_data["rooms"],
            "projects": {row.pk for row in self.waiting if str(row.code) in chosen},
        }


class GroupForm(HoursForm):
    name = forms.CharField(label="Intitulé", max_length=80, help_text="Par exemple : Jury 3.")
    room = forms.CharField(label="Salle", max_length=80)
    link = forms.URLField(
        label="Lien de visioconférence", required=False, max_length=300, assume_scheme="https"
    )
    field_order = ("name", "room", "link", "day", "starts", "ends")

    def __init__(self, *args: Any, group: HearingGroup | None = None, **kwargs: Any) -> None:
        if group is not None:
            starts, ends = localtime(group.during.lower), localtime(group.during.upper)
            kwargs["initial"] = {
                "name": group.name, "room": group.room, "link": group.link, "day": starts.date(),
                "starts": starts.time(), "ends": ends.time(),
            }  # fmt: skip
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        """Arguments of `create_group` and `change_group`."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "room": data["room"],
            "link": data["link"],
            "starts": data["starts_at"],
            "ends": data["ends_at"],
        }


class SeatForm(forms.Form):
    juror = forms.ChoiceField(label="Personne", error_messages={"required": "Choisissez une personne."})

    def __init__(self, *args: Any, people: Iterable[tuple[HearingJuror, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {}
        choices = [("", "Choisir une personne")]
        for juror, why in people:
            self.people[str(juror.code)] = juror
            label = f"{juror.person} – {juror.get_kind_display()}"
            choices.append((str(juror.code), f"{label} ({why})" if why else label))
        field = self.fields["juror"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def chosen(self) -> HearingJuror:
        return self.people[self.cleaned_data["juror"]]


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
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choisir"), *offered]

    def where(self) -> tuple[str, datetime]:
        code, _, instant = self.cleaned_data["place"].partition("|")
        return code, datetime.fromisoformat(instant)


class ProjectPlaceForm(TimeForm):
    project = forms.ChoiceField(label="Projet", error_messages={"required": "Choisissez un projet."})
    field_order = ("project", "place")

    def __init__(self, *args: Any, projects: Iterable[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = {str(row.code): row for row in projects}
        field = self.fields["project"]
        assert isinstance(field, forms.ChoiceField)
        titles = [(code, row.title) for code, row in self.waiting.items()]
        field.choices = [("", "Choisir un projet"), *titles]

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
