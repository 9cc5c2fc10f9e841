"""A juror's booklet: their own dossiers only, until their minutes are signed."""

from datetime import datetime

from django.db.models import Max, QuerySet

from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Recusal
from matching.interviews.choices import AuditionStatus, MinutesStatus
from matching.interviews.models import Audition, Juror, Panel, PanelSeat, Scorecard

BOOKLET = "interviews.booklet"
HELD = (AuditionStatus.PLACED, AuditionStatus.HEARD)


def open_seats(juror: Juror) -> QuerySet[PanelSeat]:
    """The panels where a juror still has something to do: their minutes are not signed."""
    return PanelSeat.objects.filter(juror=juror).exclude(panel__minutes__status=MinutesStatus.SIGNED)


def booklet_auditions(juror: Juror) -> QuerySet[Audition]:
    """What the booklet holds: auditions of the juror's open panels, not those they stepped aside from."""
    cards = Scorecard.objects.filter(juror=juror).exclude(sheet__status=SheetStatus.RECUSED)
    return (
        Audition.objects.filter(
            pk__in=cards.values("audition"),
            status__in=HELD,
            slot__panel__in=open_seats(juror).values("panel"),
        )
        .select_related("application__candidate", "project__administration", "slot__panel")
        .order_by("during", "pk")
    )


def changed_since(juror: Juror, at: datetime) -> bool:
    """Whether a booklet asked at `at` no longer says what its juror may read: it is not given any more."""
    recused = Recusal.objects.filter(person=juror.person_id, promotion=juror.promotion_id, declared_at__gt=at)
    given = Scorecard.objects.filter(juror=juror).aggregate(last=Max("sheet__created_at"))["last"]
    return recused.exists() or (given is not None and given > at)


def juror_behind(person: User) -> Juror | None:
    """The jury that a person sits on now: the latest promotion that appointed them."""
    return (
        Juror.objects.filter(person=person)
        .select_related("promotion", "person")
        .order_by("-promotion__number", "-pk")
        .first()
    )


def jurors_done(panel: Panel) -> list[int]:
    """Jurors of this panel who have nothing left to hear: all their minutes are signed."""
    jurors = Juror.objects.filter(seats__panel=panel).order_by("pk")
    return [juror.pk for juror in jurors if not open_seats(juror).exists()]
