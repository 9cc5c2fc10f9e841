"""What the acts of the demonstration share: the promotion, its clock, its dice, its people."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any

from allauth.account.models import EmailAddress

from eig.accounts.models import User
from eig.dossiers.rules import FormView, SectionView
from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of
from eig.french import PARIS
from eig.juries.actions import appoint_reader
from eig.promotions.catalogue import load_promotion
from eig.promotions.models import Phase, Promotion
from rehearsal.corpus import Juror, generate_jurors
from rehearsal.timeline import Deed, Timeline


@dataclass
class World:
    promotion: Promotion
    dice: Random
    timeline: Timeline
    shift: timedelta
    staff: list[User]
    phases: dict[str, Phase] = field(default_factory=dict)
    # Who sits in the candidates' juries, by account.
    jurors: dict[int, Juror] = field(default_factory=dict)
    _criteria: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def set_clock(self, at: datetime | None) -> None:
        """The promotion's own clock, which the gate reads (decision 4)."""
        Promotion.objects.filter(pk=self.promotion.pk).update(rehearsal_clock=at)
        self.promotion.rehearsal_clock = at

    def criteria(self, stage: str) -> tuple[str, ...]:
        """Codes of a grid's criteria, read once."""
        if stage not in self._criteria:
            self._criteria[stage] = tuple(item.code for item in grid_of(self.promotion, stage).criteria)
        return self._criteria[stage]

    @property
    def years(self) -> int:
        """How many years after EIG 6 the world is set: the texts that name a year follow."""
        return round(self.shift.days / 365.25)

    @property
    def lead(self) -> User:
        return self.staff[0]

    @property
    def second(self) -> User:
        return self.staff[1]

    def led(self, deed: Callable[..., object], **given: Any) -> Deed:
        """A deed on the promotion, by whoever leads it."""
        return lambda at: deed(self.promotion, by=self.lead, at=at, **given)

    def day(self, year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
        """An instant of EIG 6's real calendar, moved with the promotion's dates."""
        local = datetime.combine(date(year, month, day), time(hour, minute)) + self.shift
        return local.replace(tzinfo=PARIS)

    def between(self, start: datetime, end: datetime, *, lean: float = 1.0) -> datetime:
        """A moment of a working day between two instants; `lean` < 1 crowds the end, as deadlines do."""
        span = (end - start).total_seconds()
        moment = start + timedelta(seconds=int(span * self.dice.random() ** lean))
        local = moment.astimezone(PARIS)
        if local.hour < 8:
            moment = local.replace(hour=8 + self.dice.randrange(12))
        return min(max(moment, start), end - timedelta(seconds=5))


def new_person(first_name: str, last_name: str, email: str, *, at: datetime, is_staff: bool = False) -> User:
    """An account as registration leaves it, without a password: the demonstration signs in by one click."""
    user = User(
        email=email.lower(), first_name=first_name, last_name=last_name, is_staff=is_staff, date_joined=at
    )
    user.set_unusable_password()
    user.save(force_insert=True)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def appoint_readers(world: World, panel: str, *, stage: Stage, at: datetime) -> dict[int, Juror]:
    """The readers of a call, an account each; who they are, by account."""
    appointed = {}
    for juror in generate_jurors():
        if juror.panel == panel:
            one = juror.person
            person = new_person(one.first_name, one.last_name, one.email, at=at)
            appoint_reader(person, promotion=world.promotion, stage=stage, by=world.lead, at=at)
            appointed[person.pk] = juror
    return appointed


@cache
def _themes() -> dict[str, str]:
    questions = load_promotion("eig6").forms["application"].questions
    options = next(question.options for question in questions if question.code == "themes")
    return {option.value: option.label for option in options}


def theme_label(code: str) -> str:
    """A theme in words, as the form of the candidates says it."""
    return _themes()[code]


def whole_form(form: FormView) -> SectionView:
    """All the sections as one, to save a whole dossier in one deed."""
    questions = tuple(question for section in form.sections for question in section.questions)
    first = form.sections[0]
    return SectionView(code=first.code, title=form.title, introduction="", questions=questions)
