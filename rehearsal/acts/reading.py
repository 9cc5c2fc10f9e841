"""Act 2, beside: readers tune their marks on the same dossiers, anchors get clearer, masks are mended."""

import re
from datetime import datetime, timedelta
from functools import partial

from candidates.actions import mark_redaction, open_calibration
from candidates.choices import Status as ApplicationStatus
from candidates.models import Application, RedactionMark
from candidates.queries.calibration import calibration_reviews
from eig.evaluation.actions import amend_anchors, declare_no_conflict, sign_review
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.queries import grid_of
from rehearsal.acts.candidates import Candidates
from rehearsal.corpus import application_marks
from rehearsal.saying import said
from rehearsal.world import World

DOSSIERS = 2
# What no rule can know: a club, a village, a workshop that tell who somebody is.
TELLING = re.compile(
    r"\b(?:club|association|fanfare|collectif|atelier|village|coopérative|bibliothèque|chorale)"
    r"(?: [^\W\d_]+){1,3}"
)
MENDED = 4
CLEARER = "teamwork"
REASON = "Au calibrage, le même récit était noté de 1 à 5 : on dit ce qui compte comme du travail commun."


def _texts(application: Application) -> list[str]:
    return [text for text in application.answers.values() if isinstance(text, str)]


class Reading:
    def __init__(self, world: World, candidates: Candidates) -> None:
        self.world, self.candidates = world, candidates

    def plan(self) -> None:
        world, add = self.world, self.world.timeline.add
        add(world.day(2022, 4, 20, 8), "des anonymisations sont retouchées", self.mend)
        add(world.day(2022, 4, 19, 10), "le calibrage est ouvert", self.open)
        add(world.day(2022, 4, 20, 10, 45), "un repère est précisé", self.clear)

    def mend(self, at: datetime) -> None:
        """Most by the person; the last one by the team, who saw it before the readers."""
        rows = Application.objects.filter(promotion=self.world.promotion, status=ApplicationStatus.SUBMITTED)
        done = 0
        for application in rows.select_related("candidate").order_by("number"):
            found = next((TELLING.search(text) for text in _texts(application) if TELLING.search(text)), None)
            if found is None:
                continue
            done += 1
            by = self.world.lead if done == MENDED else application.candidate
            mark_redaction(application, kind=RedactionMark.Kind.HIDE, text=found[0], by=by, at=at)
            if done == MENDED:
                return

    def open(self, at: datetime) -> None:
        rows = Application.objects.filter(
            promotion=self.world.promotion, status=ApplicationStatus.SUBMITTED
        ).order_by("number")
        open_calibration(
            self.world.promotion,
            applications=list(rows[10 : 10 + DOSSIERS]),
            counts=False,
            by=self.world.lead,
            at=at,
        )
        for review in calibration_reviews(self.world.promotion):
            moment = self.world.between(at + timedelta(hours=1), at + timedelta(hours=23))
            self.world.timeline.add(moment, "un dossier de calibrage est lu", partial(self.read, review.pk))

    def read(self, pk: int, at: datetime) -> None:
        review = calibration_reviews(self.world.promotion).filter(pk=pk).first()
        if review is None or review.sheet.status != SheetStatus.DRAFT:
            return
        script = self.candidates.scripts[self.candidates.keys[review.application_id]]
        declare_no_conflict(review, by=review.reader, at=at)
        marks = application_marks(
            script, reader=review.reader_id % 7, criteria=self.world.criteria(Stage.APPLICATION_READING)
        )
        # Some are severe, some generous: that is what a calibration shows.
        lean = (-1, 0, 0, 1)[review.reader_id % 4]
        marks = {code: min(max(mark + lean, 1), 5) for code, mark in marks.items()}
        words = said("application_reading", marks, key=f"calibrage/{pk}")
        sign_review(review, by=review.reader, at=at, marks=marks, **words)

    def clear(self, at: datetime) -> None:
        grid = grid_of(self.world.promotion, Stage.APPLICATION_READING)
        criterion = next((item for item in grid.criteria if item.code == CLEARER), grid.criteria[0])
        highest = max(criterion.anchors, key=int)
        anchors = {
            **criterion.anchors,
            highest: f"{criterion.anchors[highest].rstrip('.')}, avec des personnes d’autres métiers.",
        }
        amend_anchors(criterion, anchors=anchors, reason=REASON, by=self.world.lead, at=at)
