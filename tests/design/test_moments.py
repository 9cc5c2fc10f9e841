"""Days and hours that people type: those of Paris that exist once, between 2000 and 2100."""

import ast
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from eig.design.moments import DayField, HoursForm, MomentField
from eig.french.dates import UnclearHour, at_hour

ROOT = Path(settings.BASE_DIR)
# Fields with bounds of their own, and why.
APART = {
    "eig/design/moments.py": "the fields themselves",
    "eig/design/samples.py": "the gallery of components",
    "eig/dossiers/forms/fields.py": "a question of a form: from 1950",
    "candidates/forms/experience.py": "a month, from the first job to today",
}


@pytest.mark.parametrize(
    ("on", "when", "right"),
    [
        (date(2027, 3, 28), time(1, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (date(2027, 3, 28), time(3, 0), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (date(2026, 10, 25), time(1, 59), datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        (date(2026, 10, 25), time(3, 0), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
        (date(2026, 7, 14), time(9, 30), datetime(2026, 7, 14, 7, 30, tzinfo=UTC)),
    ],
)
def test_an_hour_of_paris_is_one_instant(on: date, when: time, right: datetime) -> None:
    assert at_hour(on, when) == right


@pytest.mark.parametrize(
    ("on", "when", "said"),
    [
        (date(2027, 3, 28), time(2, 0), "n’existe pas le 28\u00a0mars\u00a02027"),
        (date(2027, 3, 28), time(2, 59), "n’existe pas"),
        (date(2026, 10, 25), time(2, 0), "arrive deux fois le 25\u00a0octobre\u00a02026"),
        (date(2026, 10, 25), time(2, 59), "arrive deux fois"),
    ],
)
def test_an_hour_that_clocks_skip_or_show_twice_is_refused(on: date, when: time, said: str) -> None:
    with pytest.raises(UnclearHour, match=said) as refusal:
        at_hour(on, when)
    with pytest.raises(ValidationError) as shown:
        MomentField().clean(f"{on}T{when:%H:%M}")
    assert shown.value.messages == [str(refusal.value)]


@pytest.mark.parametrize("year", ["0001", "1999", "2101", "9999"])
def test_a_year_out_of_bounds_is_refused(year: str) -> None:
    for field, typed in ((DayField(), f"{year}-01-01"), (MomentField(), f"{year}-01-01T00:00")):
        with pytest.raises(ValidationError, match="Indiquez une année entre 2000 et 2100"):
            field.clean(typed)
    form = HoursForm({"day": f"{year}-12-31", "starts": "09:00", "ends": "23:59"})
    assert form.errors == {"day": ["Indiquez une année entre 2000 et 2100."]}


@pytest.mark.parametrize("typed", ["2026-02-30", "demain", "2026-02-30T09:00", "31/04/2026 9h"])
def test_what_is_no_date_is_said(typed: str) -> None:
    with pytest.raises(ValidationError, match="Indiquez une date"):
        DayField().clean(typed)
    with pytest.raises(ValidationError, match="Indiquez une date et une heure"):
        MomentField().clean(typed)


def test_hours_that_fall_in_the_gap_are_said_beside_their_box() -> None:
    form = HoursForm({"day": "2027-03-28", "starts": "02:30", "ends": "03:30"})
    assert list(form.errors) == ["starts"]
    assert "n’existe pas" in form.errors["starts"][0]


def test_a_night_of_spring_lasts_what_clocks_do_not_say() -> None:
    form = HoursForm({"day": "2027-03-28", "starts": "01:30", "ends": "03:30"})
    assert form.is_valid()
    assert (form.cleaned_data["ends_at"] - form.cleaned_data["starts_at"]).total_seconds() == 3600


def test_every_day_and_hour_is_typed_in_these_fields() -> None:
    found = [
        str(path.relative_to(ROOT))
        for app in ("candidates", "cohorts", "eig", "journey", "matching", "privacy", "projects")
        for path in sorted((ROOT / app).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and ast.unparse(node) in {"forms.DateField", "forms.DateTimeField", "forms.SplitDateTimeField"}
    ]
    assert set(found) == set(APART)
