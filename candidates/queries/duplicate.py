"""Applications that look like one another: the same person under two accounts, the same file twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Func, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT
from django.db.models.functions import Concat, Lower, Right

from candidates.choices import Status
from candidates.models import Application, DuplicateRuling
from candidates.queries.application import HANDED_IN, applications_listed
from eig.french import french
from eig.promotions.models import Promotion

REASONS = {
    "name": "Même nom",
    "email": "Même adresse, écrite autrement",
    "phone": "Même téléphone",
    "file": "Même fichier",
}
# Set aside already: they are nobody's duplicate any more.
GONE = (Status.WITHDRAWN, Status.INELIGIBLE)


def _replaced(text: Combinable, pattern: str, by: str, flags: str = "g") -> Func:
    return Func(
        text, Value(pattern), Value(by), Value(flags), function="regexp_replace", output_field=TextField()
    )


class _SortedWords(Func):
    """The words of a text in alphabetical order: a first name typed as a last name is the same person."""

    template = (
        "(SELECT string_agg(word, ' ' ORDER BY word) "
        "FROM regexp_split_to_table(%(expressions)s, '[^a-z0-9]+') AS word WHERE word <> '')"
    )
    output_field = TextField()


def _name() -> Func:
    """« Jean-Noël LE GALL » is « le gall jean noel »: accents, case, hyphens and order do not count."""
    both = Concat("candidate__last_name", Value(" "), "candidate__first_name", output_field=TextField())
    return _SortedWords(french(both))


def _email() -> Func:
    """« Ana.Le+eig@googlemail.com » reaches « anale@gmail.com »: what follows a plus, and Gmail's dots."""
    bare = _replaced(Lower("candidate__email"), r"\+[^@]*@", "@")
    gmail = _replaced(bare, r"@googlemail\.com$", "@gmail.com")
    return _replaced(gmail, r"\.(?=[^@]*@gmail\.com$)", "")


def _phone() -> Right:
    """The last nine digits: « +33 6 12 34 56 78 » is « 06 12 34 56 78 »."""
    return Right(_replaced(KT("answers__phone"), r"\D", ""), 9)


def _alive(promotion: Promotion) -> QuerySet[Any]:
    return Application.objects.filter(HANDED_IN, promotion=promotion).exclude(status__in=GONE).order_by()


def _keyed(promotion: Promotion) -> Mapping[str, QuerySet[Any]]:
    """For each reason, the applications that can be compared by it, with their `key`."""
    rows = _alive(promotion)
    return {
        "name": rows.annotate(key=_name()).filter(key__isnull=False),
        "email": rows.annotate(key=_email()),
        "phone": rows.annotate(key=_phone()).filter(key__regex=r"^\d{9}$"),
        "file": rows.annotate(key=F("attachments__document__sha256")).filter(key__isnull=False),
    }


@dataclass(frozen=True, slots=True)
class Pair:
    """Two applications that look alike, the older first, and why."""

    first: Application
    second: Application
    reasons: tuple[str, ...]
    ruling: DuplicateRuling | None


def _reasons(promotion: Promotion) -> dict[tuple[int, int], list[str]]:
    """(first, second) → reasons. One grouped query by reason: only what is shared leaves the database."""
    found: dict[tuple[int, int], list[str]] = {}
    for reason, rows in _keyed(promotion).items():
        groups = (
            rows.values("key")
            .annotate(n=Count("pk", distinct=True), ids=ArrayAgg("pk", distinct=True, order_by="pk"))
            .filter(n__gt=1)
            .order_by("key")
            .values_list("ids", flat=True)
        )
        for ids in groups:
            for pair in combinations(sorted(ids), 2):
                found.setdefault(pair, []).append(reason)
    return found


def twins(promotion: Promotion) -> Q:
    """The applications that share something with another: usable as a filter."""
    return Q(pk__in=sorted({pk for pair in _reasons(promotion) for pk in pair}))


def rulings(promotion: Promotion) -> QuerySet[DuplicateRuling]:
    """What was concluded, latest first."""
    rows = DuplicateRuling.objects.filter(promotion=promotion)
    return rows.select_related("ruled_by").order_by("-ruled_at", "-pk")


def duplicate_pairs(promotion: Promotion) -> list[tuple[int, int]]:
    """The pairs that nobody has ruled on, those that share most first."""
    ruled = set(rulings(promotion).order_by().values_list("first_id", "second_id"))
    found = _reasons(promotion)
    return sorted((pair for pair in found if pair not in ruled), key=lambda pair: (-len(found[pair]), pair))


def pairs_shown(promotion: Promotion, pairs: Iterable[tuple[int, int]]) -> list[Pair]:
    """A page of pairs, with their applications."""
    asked = list(pairs)
    found = _reasons(promotion)
    ids = {pk for pair in asked for pk in pair}
    rows = {row.pk: row for row in applications_listed(promotion).filter(pk__in=ids)}
    return [
        Pair(rows[one], rows[two], tuple(REASONS[code] for code in found.get((one, two), [])), None)
        for one, two in asked
        if one in rows and two in rows
    ]


def pair_of(promotion: Promotion, first: Application, second: Application) -> Pair:
    """Two applications side by side, whatever they share."""
    one, two = sorted((first, second), key=lambda row: row.pk)
    ruling = rulings(promotion).filter(first=one, second=two).first()
    reasons = _reasons(promotion).get((one.pk, two.pk), [])
    return Pair(one, two, tuple(REASONS[code] for code in reasons), ruling)


def lookalikes(application: Application) -> list[int]:
    """The applications that may be the same person's as this one, ruled on or not."""
    pairs = _reasons(application.promotion)
    return sorted({pk for pair in pairs if application.pk in pair for pk in pair} - {application.pk})
