"""Act 2, beside: readers tune their marks on the same dossiers, anchors get clearer, redactions are mended."""

from datetime import datetime, timedelta
from functools import partial

from candidates.actions import declare_no_conflict, mark_redaction, open_calibration, sign_review
from candidates.models import Application, RedactionMark
from candidates.queries.calibration import calibration_reviews
from eig.evaluation.actions import amend_anchors
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.queries import grid_of
from eig.journey.demo.act_2_candidates import Candidates
from eig.journey.demo.corpus import application_marks
from eig.journey.demo.saying import said
from eig.journey.demo.world import World

DOSSIERS = 2
# Words that the machine could not know: clubs and towns that tell who somebody is.
MENDED = ("l’association du quartier", "mon village", "mon blog", "notre fanfare")
CLEARER = "teamwork"
REASON = "Au calibrage, le même récit était noté de 1 à 5 : on dit ce qui compte comme du travail commun."


class Reading:
    def __init__(self, world: World, candidates: Candidates) -> None:
        self.world, self.candidates = world, candidates

    def plan(self) -> None:
        world, add = self.world, self.world.timeline.add
        for rank, phrase in enumerate(MENDED):
            moment = world.day(2022, 4, 20, 8, 10 * rank)
            add(moment, "une anonymisation est retouchée", partial(self.mend, rank, phrase))
        add(world.day(2022, 4, 19, 10), "le calibrage est ouvert", self.open)
        add(world.day(2022, 4, 20, 10, 45), "un repère est précisé", self.clear)

    def _some(self, rank: int) -> Application:
        keys = sorted(self.candidates.scripts)
        return Application.objects.get(pk=self.candidates.applications[keys[7 + 31 * rank]].pk)

    def mend(self, rank: int, phrase: str, at: datetime) -> None:
        """Most by the person; the last one by the team, who saw it before the readers."""
        application = self._some(rank)
        if application.status not in {"draft", "submitted"}:
            return
        by = self.world.lead if rank == len(MENDED) - 1 else application.candidate
        mark_redaction(application, kind=RedactionMark.Kind.HIDE, text=phrase, by=by, at=at)

    def open(self, at: datetime) -> None:
        rows = Application.objects.filter(promotion=self.world.promotion, status="submitted").order_by(
            "number"
        )
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
