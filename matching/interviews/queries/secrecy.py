"""Who may still change a mark of the auditions: until that is over, ranks and others’ marks are hidden."""

from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus
from eig.juries.choices import Duty
from eig.juries.queries import judges
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Scorecard


def may_change_scores(person: User, promotion: str) -> bool:
    """Whether a person sits, or may be asked to sit, while scores of this promotion are not locked.

    One of the programme team may also be a juror (règlement EIG6, art. 5.3): the two are not mixed.
    Scores are locked once auditions were heard, none is to come, and every card is signed or given back.
    """
    return judges(person, promotion, duty=Duty.AUDITION) and not _scores_are_locked(promotion)


def _scores_are_locked(promotion: str) -> bool:
    auditions = Audition.objects.filter(promotion__code=promotion)
    if auditions.filter(status__in=[AuditionStatus.PLANNED, AuditionStatus.PLACED]).exists():
        return False
    heard = auditions.filter(status=AuditionStatus.HEARD)
    drafts = Scorecard.objects.filter(audition__in=heard, sheet__status=SheetStatus.DRAFT)
    return heard.exists() and not drafts.exists()


def hides_from(person: User, audition: Audition) -> bool:
    """Whether what others signed on an audition is hidden from a person: until their own card is."""
    return Scorecard.objects.filter(
        audition=audition, juror__person=person, sheet__status=SheetStatus.DRAFT
    ).exists()
