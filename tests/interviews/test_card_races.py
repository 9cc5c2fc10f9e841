"""A thousand saves of scorecards from two tabs each, signed in the middle: nothing lost, nothing after."""

import random
import threading
from collections.abc import Callable

import pytest
from django.utils import timezone

from eig.evaluation.models import Mark, Sheet
from eig.promotions.models import Promotion
from matching.interviews import actions
from matching.interviews.models import Scorecard
from tests.factories.interviews import card, juror, marks, morning, panel, placed
from tests.factories.ranking import published_project, shortlisted
from tests.people import person
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)
CARDS, SAVES = 10, 50


def test_a_thousand_saves_from_two_tabs_and_a_signature(promotion_committed: Promotion) -> None:
    diane = person("Diane", "Delmas", staff=True)
    jury = [juror(promotion_committed, diane) for _ in range(2)]
    yesterday = morning(-1)
    row = panel(promotion_committed, diane, jury, starts=yesterday, hours=5)
    project = published_project(promotion_committed)
    auditions = [
        placed(shortlisted(promotion_committed), project, diane, row, rank=0) for _ in range(CARDS // 2)
    ]
    cards = [card(audition, member) for audition in auditions for member in jury]
    codes = sorted(marks(promotion_committed))
    # What each tab was told is kept, in its order; and what each card was when it was signed.
    told: dict[tuple[int, int], list[int]] = {(item.pk, tab): [] for item in cards for tab in (0, 1)}
    late: list[int] = []
    signed = {item.pk: threading.Event() for item in cards}

    def tab(item: Scorecard, number: int) -> Callable[[], None]:
        draw = random.Random(f"{item.pk}-{number}")
        mine = Scorecard.objects.select_related("sheet", "juror__person", "audition").get(pk=item.pk)

        def deeds() -> None:
            for _ in range(SAVES):
                value, was_signed = draw.randrange(6), signed[item.pk].is_set()
                try:
                    actions.save_scorecard(
                        mine,
                        by=mine.juror.person,
                        at=timezone.now(),
                        marks=dict.fromkeys(codes, value),
                        comment=f"{number}:{value}",
                    )
                except actions.SheetClosed:
                    return
                if was_signed:
                    late.append(item.pk)
                told[item.pk, number].append(value)

        return deeds

    def signatures() -> None:
        rows = Scorecard.objects.select_related("sheet", "juror__person").order_by("pk")
        for item in rows[: CARDS // 2]:
            while not (told[item.pk, 0] and told[item.pk, 1]):
                signed[item.pk].wait(0.01)
            actions.save_scorecard(
                item, by=item.juror.person, at=timezone.now(), marks=dict.fromkeys(codes, 3), comment="fin"
            )
            actions.sign_scorecard(item, by=item.juror.person, at=timezone.now())
            signed[item.pk].set()

    assert together(signatures, *[tab(item, number) for item in cards for number in (0, 1)]) == []
    assert late == []
    for item in cards:
        sheet = Sheet.objects.get(pk=item.sheet_id)
        held = dict(Mark.objects.filter(sheet=sheet).values_list("criterion__code", "value"))
        assert sorted(held) == codes
        # One save is whole: all its marks and its words together, never a mixture of two tabs.
        assert len(set(held.values())) == 1
        value = next(iter(held.values()))
        last = {f"{number}:{told[item.pk, number][-1]}" for number in (0, 1) if told[item.pk, number]}
        assert sheet.comment in last | {"fin"}
        assert sheet.comment == "fin" or sheet.comment.endswith(f":{value}")
        if not signed[item.pk].is_set():
            assert all(len(told[item.pk, number]) == SAVES for number in (0, 1))
