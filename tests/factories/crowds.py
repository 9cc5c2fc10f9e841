"""Applications by the thousand, written straight: for what depends on their number."""

import itertools
from collections.abc import Sequence

from django.utils import timezone

from candidates.models import Application, ApplicationTrade, Attachment, Review
from eig.accounts.models import User
from eig.documents.models import Document
from eig.evaluation.models import Sheet
from eig.evaluation.queries import grid_of
from eig.evaluation.rules import scaled_score
from eig.promotions.models import Promotion
from tests.factories import candidates as make

_numbers = itertools.count(1)


def crowd_of_drafts(promotion: Promotion, people: Sequence[User]) -> list[Application]:
    """For each person a dossier that lacks nothing, its CV checked."""
    now = timezone.now()
    rows = Application.objects.bulk_create(
        Application(
            promotion=promotion, candidate=person, answers=dict(make.ANSWERS), created_at=now, updated_at=now,
            updated_by=person,
        )
        for person in people
    )  # fmt: skip
    documents = Document.objects.bulk_create(
        Document(
            owner=person, name="cv.pdf", media_type="application/pdf", status="clean", file=f"x/{person.pk}",
            size=1, sha256="0" * 64, pages=1, created_at=now, checked_at=now,
        )
        for person in people
    )  # fmt: skip
    Attachment.objects.bulk_create(
        Attachment(application=row, question="cv", document=document, added_at=now)
        for row, document in zip(rows, documents, strict=True)
    )
    return rows


def crowd(count: int, *, password: str = "!") -> list[User]:
    start = next(_numbers) * 10_000
    return User.objects.bulk_create(
        User(
            email=f"foule{start + rank}@exemple.example",
            first_name=f"Prénom{start + rank}",
            last_name=f"Nom{start + rank}",
            password=password,
        )
        for rank in range(count)
    )


def crowd_of_applications(promotion: Promotion, rows: int, *, readings: bool = True) -> list[Application]:
    """`rows` applications handed in, each with a trade and two signed readings; marks go round the scale."""
    now, start = timezone.now(), next(_numbers) * 10_000
    people = crowd(rows)
    trades = list(promotion.trades.filter(opened=True).order_by("rank"))
    grid = grid_of(promotion, "application_reading")
    weight = grid.total_weight
    totals = [(weight * (rank % 5), weight * ((rank * 7) % 5)) for rank in range(rows)]
    applications = Application.objects.bulk_create(
        Application(
            promotion=promotion,
            candidate=person,
            answers={"expertise": f"Expertise {rank % 9}", "mobility": ["ile-de-france"]},
            status="submitted",
            created_at=now,
            updated_at=now,
            updated_by=person,
            submitted_at=now,
            number=f"FOULE-{start + rank:06}",
            content_sha256="0" * 64,
            experience_years=rank % 20,
            reviews_signed=2 if readings else 0,
            score=scaled_score(totals[rank]) if readings else None,
        )
        for rank, person in enumerate(people)
    )
    ApplicationTrade.objects.bulk_create(
        ApplicationTrade(application=row, trade=trades[rank % len(trades)], rank=1)
        for rank, row in enumerate(applications)
    )
    if readings:
        readers = [make.reader(promotion) for _ in range(4)]
        pairs = [
            (row, readers[(rank + side) % 4], totals[rank][side])
            for rank, row in enumerate(applications)
            for side in (0, 1)
        ]
        sheets = Sheet.objects.bulk_create(
            Sheet(grid=grid.grid, evaluator=who, status="signed", created_at=now, signed_at=now, total=total)
            for _, who, total in pairs
        )
        Review.objects.bulk_create(
            Review(application=row, reader=who, sheet=sheet, assigned_at=now)
            for (row, who, _), sheet in zip(pairs, sheets, strict=True)
        )
    return applications
