"""Act 2, beside the story: the questionnaire is answered then published, somebody asks to be erased."""

from datetime import datetime, timedelta
from random import Random

from cohorts.models import DirectoryEntry
from eig.diversity.actions import collect, new_token, publish
from eig.diversity.rules import QUESTIONS, SILENT
from eig.promotions.models import Promotion
from privacy.actions import ask_copy, erase_person, make_next_copy
from rehearsal.world import World, new_person

ANSWERS = 228
# Out of a hundred, by option in their order; the rest keeps silent.
SHARES = {
    "gender": (36, 46, 6),
    "age": (12, 31, 26, 16, 7),
    "disability": (8, 82),
    "studies": (9, 28, 58),
    "path": (58, 21, 18),
    "parents": (61, 31),
    "place": (46, 27, 15, 8),
}


class Privacy:
    def __init__(self, world: World) -> None:
        self.world = world

    def plan(self) -> None:
        """The questionnaire has dice of its own: its answers follow from nothing else in the story."""
        add, closing = self.world.timeline.add, self.world.phases["applications"].closes_at
        add(closing + timedelta(days=1), "le questionnaire anonyme est rempli", self.answer)
        add(closing + timedelta(days=8), "ses comptages sont publiés", self.publish)
        add(closing + timedelta(days=9), "une ancienne efface son compte", self.erase)

    def answer(self, at: datetime) -> None:
        dice, code = Random(2022), self.world.promotion.code  # noqa: S311 — invented answers
        for _ in range(ANSWERS):
            given = {question.code: _said(question.code, dice) for question in QUESTIONS}
            collect(code, given, token=new_token(code))

    def publish(self, at: datetime) -> None:
        publish(self.world.promotion.code, on=at.date())

    def erase(self, at: datetime) -> None:
        """An alumna of a past promotion takes her data away, then leaves for good."""
        past = Promotion.objects.filter(is_archived=True).order_by("-number", "-pk").first()
        if past is None:
            return
        person = new_person(
            "Mahaut", "Estrade", "mahaut.estrade@anciens.example", at=at - timedelta(days=400)
        )
        DirectoryEntry.objects.create(
            promotion=past,
            person=person,
            name=str(person),
            trade="Design",
            project_title="Un guichet pour les associations",
            headline="A quitté la région",
            consented_at=at - timedelta(days=400),
            expires_at=at + timedelta(days=330),
        )
        ask_copy(person, at=at)
        make_next_copy(clock=lambda: at)
        erase_person(person, at=at)


def _said(question: str, dice: Random) -> str:
    draw = dice.randrange(100)
    options = next(item.options for item in QUESTIONS if item.code == question)
    for share, (code, _) in zip(SHARES[question], options, strict=True):
        if draw < share:
            return code
        draw -= share
    return SILENT
