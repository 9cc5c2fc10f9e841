"""What an application is tied to, read only to keep it away from a reader: nothing of it is ever shown."""

from collections.abc import Sequence
from functools import partial, reduce
from operator import or_

from django.contrib.postgres.lookups import Unaccent
from django.db.models import Q, TextField
from django.db.models.functions import Cast, Lower

from candidates.models import Application, Review
from candidates.queries.reading import being_read
from eig.accounts.models import User
from eig.evaluation import queries as evaluation
from eig.french.letters import folded
from eig.juries.rules import Judge, Judged, conflict_hints
from eig.promotions.models import Promotion


def _citing(promotion: Promotion, names: Sequence[str]) -> dict[int, str]:
    """What the applications that hold one of these names say; answers are long, most are left alone."""
    asked = [Q(written__contains=folded(name)) for name in names if name.strip()]
    if not asked:
        return {}
    rows: Sequence[Application] = list(
        being_read()
        .filter(promotion=promotion)
        .annotate(written=Lower(Unaccent(Cast("answers", TextField()))))
        .filter(reduce(or_, asked))
        .order_by("pk")
    )
    return {row.pk: " ".join(text for text in row.answers.values() if isinstance(text, str)) for row in rows}


def reader_ties(promotion: Promotion, people: Sequence[User]) -> set[tuple[int, int]]:
    """The (application, person) pairs with a sign of a tie, over the applications being read."""
    said = _citing(promotion, sorted({person.last_name for person in people}))
    rows = being_read().filter(promotion=promotion).order_by("pk")
    judged = {
        pk: Judged([email], [last_name], text=said.get(pk, ""))
        for pk, email, last_name in rows.values_list("pk", "candidate__email", "candidate__last_name")
    }
    return {
        (pk, person.pk)
        for person in people
        for judge in [Judge(person.email, person.last_name, person.first_name)]
        for pk, one in judged.items()
        if conflict_hints(judge, one)
    }


reading_board = partial(evaluation.reading_board, Review, ties=reader_ties)
