"""French words: letters folded as PostgreSQL folds them, days and hours as people write them, in Paris."""

import unicodedata
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import CharField, Value
from django.template import engines

from eig.french import dates
from eig.french.letters import folded, of, plain, slug
from eig.french.order import french
from eig.promotions.models import Promotion

# 23:00 the day before for a server, midnight for people.
MIDNIGHT = datetime(2026, 11, 30, 23, tzinfo=UTC)
LAST_MINUTE = datetime(2026, 12, 1, 22, 59, 59, tzinfo=UTC)


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_deadline_says_its_day_its_hour_and_its_zone() -> None:
    assert spaced(dates.deadline(LAST_MINUTE)) == "mardi 1er décembre 2026 à 23 h 59 (heure de Paris)"


def test_a_midnight_of_paris_is_not_the_day_before() -> None:
    assert spaced(dates.day(MIDNIGHT)) == "1er décembre 2026"
    assert spaced(dates.instant(MIDNIGHT, weekday=True, year=False)) == "mardi 1er décembre à 0 h"


@pytest.mark.parametrize(
    ("moment", "hour"),
    [(time(9), "9 h"), (time(9, 5), "9 h 05"), (time(0), "0 h"), (time(23, 59, 59), "23 h 59")],
)
def test_hours_are_written_one_way(moment: time, hour: str) -> None:
    assert spaced(dates.hour(moment)) == hour


def test_an_official_instant_shows_its_seconds() -> None:
    assert spaced(dates.hour(LAST_MINUTE, seconds=True)) == "23 h 59 min 59 s"


def test_summer_has_the_hour_of_summer() -> None:
    assert spaced(dates.instant(datetime(2026, 7, 14, 12, 30, tzinfo=UTC))) == "14 juillet 2026 à 14 h 30"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2022, 5, 9), date(2022, 5, 9), "le 9 mai 2022"),
        (date(2022, 5, 1), date(2022, 5, 15), "du 1er au 15 mai 2022"),
        (date(2022, 3, 7), date(2022, 4, 19), "du 7 mars au 19 avril 2022"),
        (date(2026, 12, 1), date(2027, 1, 24), "du 1er décembre 2026 au 24 janvier 2027"),
        (MIDNIGHT, LAST_MINUTE, "le 1er décembre 2026"),
    ],
)
def test_a_period_repeats_nothing(first: date, last: date, words: str) -> None:
    assert spaced(dates.period(first, last)) == words


def test_no_line_breaks_inside_a_date_nor_an_hour() -> None:
    assert dates.deadline(LAST_MINUTE).split(" ") == [
        "mardi",
        "1er\u00a0décembre\u00a02026",
        "à\u00a023\u00a0h\u00a059",
        "(heure\u00a0de\u00a0Paris)",
    ]


def test_a_moment_without_a_zone_is_no_instant() -> None:
    with pytest.raises(ValueError, match="no zone"):
        dates.day(datetime(2026, 12, 1, 12))  # noqa: DTZ001


@pytest.mark.parametrize("engine", ["django", "emails"])
def test_pages_and_mails_share_their_words(engine: str) -> None:
    source = (
        "{{ at|deadline }} / {{ at|day }} / {{ at|day:'weekday no-year' }} / {{ at|hour:'seconds' }}"
        " / {{ none|instant }} / {{ at|until:at }} / {{ name|of }}"
    )
    said = engines[engine].from_string(source).render({"at": LAST_MINUTE, "none": None, "name": "EIG 6"})
    assert spaced(said) == (
        "mardi 1er décembre 2026 à 23 h 59 (heure de Paris) / 1er décembre 2026 / mardi 1er décembre"
        " / 23 h 59 min 59 s /  / le 1er décembre 2026 / d’EIG 6"
    )


def test_a_word_that_no_filter_knows_is_refused() -> None:
    with pytest.raises(KeyError):
        engines["django"].from_string("{{ at|day:'wekday' }}").render({"at": LAST_MINUTE})


LETTERS = [
    chr(code)
    for code in range(0x00C0, 0x0180)
    if unicodedata.category(chr(code)).startswith("L") and chr(code) not in "ĿŀŉĸŊŋſ"
]


def test_python_folds_every_latin_letter_as_the_database_does(promotion: Promotion) -> None:
    """A name typed in a search is folded here, the column there: two foldings would not meet."""
    found = Promotion.objects.annotate(
        letters=french(Value(" ".join(LETTERS), output_field=CharField()))
    ).values_list("letters", flat=True)
    assert connection.vendor == "postgresql"
    assert [folded(letter) for letter in LETTERS] == found.get().split(" ")


def test_letters_are_folded_in_one_place() -> None:
    root = Path(settings.BASE_DIR)
    apps = ("candidates", "cohorts", "demo", "eig", "journey", "matching", "privacy", "projects", "rehearsal")
    found = [
        str(path.relative_to(root))
        for app in apps
        for path in (root / app).rglob("*.py")
        if '"NFKD"' in path.read_text() or '"NFD"' in path.read_text()
    ]
    assert found == ["eig/french/letters.py"]


@pytest.mark.parametrize(
    "name", ["Bercy-Numérique", "bercy numérique", "BERCY  NUMERIQUE", "Bercy (Numérique)"]
)
def test_marks_and_accents_do_not_tell_two_names_apart(name: str) -> None:
    assert plain(name) == "bercy numerique"


def test_addresses_are_made_of_plain_letters() -> None:
    assert slug("  L’Œil du préfet, n° 2 ") == "l-oeil-du-prefet-n-2"


@pytest.mark.parametrize(
    ("name", "elided"),
    [
        ("EIG 6", "d’EIG 6"),
        ("Écologie", "d’Écologie"),
        ("la ville", "de la ville"),
        ("Yves", "d’Yves"),
        ("Yanis", "de Yanis"),
        ("Hélène", "d’Hélène"),
    ],
)
def test_de_is_elided_before_a_vowel(name: str, elided: str) -> None:
    assert of(name) == elided
