"""What the waves of applications decide (`eig.waves` does it), and proposals for everybody at once."""

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from candidates.actions.correction import CORRECTIONS
from candidates.choices import Outcome
from candidates.emails import decision_letters
from candidates.models import Application, Decision, Review
from candidates.queries import applications_to_decide, decisions_of_wave
from candidates.queries.decision import plain_reason, readings_lacking_sentence, reserve_rivals
from candidates.queries.reading import marks_kept, reading_summary
from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.queries import GridView, grid_of
from eig.evaluation.rules import mean_mark, needs_third_reader, written_reason
from eig.journal.actions import entry, record_all
from eig.promotions.models import Promotion
from eig.waves.actions import locked_prepared, note_authors, refuse_last
from eig.waves.choices import WaveSubject
from eig.waves.kinds import WaveKind, Words
from eig.waves.models import Wave

NO_RESERVE: Mapping[int, int] = MappingProxyType({})
WAVES = WaveKind(
    subject=WaveSubject.APPLICATIONS,
    decision=Decision,
    outcomes=Outcome,
    reserve=Outcome.RESERVED,
    decisions=decisions_of_wave,
    rivals=reserve_rivals,
    letters=decision_letters,
    readings=Review,
    corrections=CORRECTIONS,
    too_soon=readings_lacking_sentence,
    page="candidates:staff_wave_detail",
    words=Words(
        one="une candidature",
        this="cette candidature",
        these="ces candidatures",
        told="à la personne",
        unwritten="chaque candidature doit avoir une personne à qui écrire",
    ),
)


@transaction.atomic
def propose_decisions(
    wave: Wave,
    *,
    kept: Collection[int],
    by: User,
    at: datetime,
    decline_others: bool = True,
    reserve: Mapping[int, int] = NO_RESERVE,
) -> tuple[int, int]:
    """Propose for all who are read enough: keep `kept` (ids), reserve (id → rank), decline others if asked.

    Reasons are drawn from the grid's sentences, and may be rewritten one by one. Applications that wait for
    a third reader are left out. Returns how many are kept and declined. Raises DecisionLocked, LastValidator.
    """
    held = locked_prepared(wave)
    grid = grid_of(held.promotion_id, Stage.APPLICATION_READING)
    gap = held.promotion.third_reader_gap
    ready = applications_to_decide(held.promotion).select_for_update(of=("self",))
    reviews = _signed_reviews(held.promotion)
    marks = marks_kept(Application.objects.filter(pk__in=kept))
    decisions = []
    for application in ready:
        read = reviews.get(application.pk, [])
        is_kept, rank = application.pk in kept, reserve.get(application.pk)
        if _waits_for_a_third(read, grid=grid, gap=gap) or not (is_kept or rank or decline_others):
            continue
        judged = reading_summary(read, gap=0).judged(kept=marks)
        reason = written_reason(judged, is_kept=is_kept or rank is not None)
        outcome = Outcome.RESERVED if rank else Outcome.DECLINED
        if is_kept:
            outcome, rank = Outcome.SHORTLISTED, None
        decisions.append(
            Decision(
                application=application,
                wave=held,
                outcome=outcome,
                reserve_rank=rank,
                reason=reason or plain_reason(grid),
                proposed_at=at,
                proposed_by=by,
            )
        )
    refuse_last(held, [by.pk])
    note_authors(held, [item.application.pk for item in decisions], by=by)
    Decision.objects.bulk_create(decisions)
    record_all(
        entry("propose_decision", item.application, by=by, at=at, before="", outcome=item.outcome)
        for item in decisions
    )
    number = sum(item.outcome == Outcome.SHORTLISTED for item in decisions)
    return number, len(decisions) - number


def _signed_reviews(promotion: Promotion) -> dict[int, list[Review]]:
    rows = (
        Review.objects.filter(application__promotion=promotion, sheet__status=SheetStatus.SIGNED)
        .select_related("sheet")
        .prefetch_related("sheet__marks__criterion")
        .order_by("pk")
    )
    found: dict[int, list[Review]] = {}
    for review in rows:
        found.setdefault(review.application_id, []).append(review)
    return found


def _waits_for_a_third(reviews: list[Review], *, grid: GridView, gap: int) -> bool:
    means = [mean_mark([review.sheet.total or 0], weight=grid.total_weight) for review in reviews]
    return needs_third_reader(means, gap=gap)
