"""Take a side and leave it: whoever judges a promotion does not apply to it (règlement, art. 3)."""

from datetime import datetime

from django.db import transaction

from eig.accounts.models import User
from eig.accounts.queries import accounts_of
from eig.evaluation import actions as evaluation
from eig.evaluation.choices import SheetStatus, Stage
from eig.evaluation.models import Reader, Reading
from eig.journal.actions import record as journal
from eig.juries.choices import Duty, Stand
from eig.juries.models import Side
from eig.promotions.models import Promotion, Trade

JUDGE = (
    "Vous prenez part à la sélection de cette promotion. Pour que chacun soit traité "
    "de la même façon, ses lecteurs et ses jurés ne peuvent pas y candidater."
)


class IsCandidate(Exception):
    """Whoever applies to a promotion neither reads nor sits in it (règlement EIG6, art. 3)."""


class IsJudge(Exception):
    """Whoever reads or sits in a promotion does not apply to it (règlement EIG6, art. 3)."""


@transaction.atomic
def stand_as_candidate(promotion: Promotion, *, person: User, at: datetime) -> Side:
    """Write that a person applies. Raises IsJudge."""
    side = _stand(promotion, person=person, stand=Stand.APPLIES, duties=[], at=at)
    if side is None:
        raise IsJudge(JUDGE)
    return side


@transaction.atomic
def stand_as_judge(promotion: Promotion, *, person: User, duty: Duty, at: datetime) -> Side:
    """Write that a person judges, for one more reason. Raises IsCandidate."""
    side = _stand(promotion, person=person, stand=Stand.JUDGES, duties=[duty], at=at)
    if side is None:
        raise IsCandidate(
            f"{person} est candidat·e à cette promotion et ne peut pas prendre part à sa sélection."
        )
    if duty not in side.duties:
        side.duties = sorted([*side.duties, duty])
        side.save(update_fields=["duties"])
    return side


def _stand(
    promotion: Promotion, *, person: User, stand: Stand, duties: list[Duty], at: datetime
) -> Side | None:
    """The row of a person, held, or none when they stand on the other side.

    The constraint makes two deeds on one account wait for each other; the accounts that share a verified
    address are one person: they are held together.
    """
    accounts = list(accounts_of(person))
    if len(accounts) > 1:
        list(User.objects.select_for_update(no_key=True).filter(pk__in=accounts).order_by("pk"))
    side = None
    while side is None:
        row = Side(promotion=promotion, person=person, stand=stand, duties=duties, since=at)
        Side.objects.bulk_create([row], ignore_conflicts=True)
        side = Side.objects.select_for_update().filter(promotion=promotion, person=person).first()
    others = Side.objects.filter(promotion=promotion, person__in=accounts).exclude(stand=stand)
    return None if others.exists() else side


@transaction.atomic
def stop_applying(promotion: Promotion, *, person: User) -> None:
    """The application is withdrawn, or no longer the person's: they may judge."""
    Side.objects.filter(promotion=promotion, person=person, stand=Stand.APPLIES).delete()


@transaction.atomic
def stop_judging(promotion: Promotion, *, person: User, duty: Duty) -> None:
    """One reason to judge is gone; with the last one, the person may apply."""
    rows = Side.objects.select_for_update().filter(promotion=promotion, person=person, stand=Stand.JUDGES)
    for side in rows.order_by("pk"):
        side.duties = [code for code in side.duties if code != duty]
        if side.duties:
            side.save(update_fields=["duties"])
        else:
            side.delete()


@transaction.atomic
def appoint_reader(
    person: User,
    *,
    promotion: Promotion,
    stage: Stage,
    by: User | None,
    at: datetime,
    trades: list[Trade] | None = None,
) -> Reader:
    """Make someone a reader of a promotion; doing it twice changes nothing. Raises IsCandidate."""
    stand_as_judge(promotion, person=person, duty=Duty(stage), at=at)
    reader, created = Reader.objects.get_or_create(
        promotion=promotion, person=person, stage=stage, defaults={"appointed_at": at}
    )
    if created:
        reader.trades.set(trades or [])
        journal("appoint_reader", reader, by=by, at=at, stage=str(stage))
    return reader


@transaction.atomic
def dismiss_reader(
    model: type[Reading], promotion: Promotion, *, person: User, by: User, at: datetime
) -> int:
    """A reader leaves, as `eig.evaluation` says; without a mark that counts, they no longer judge."""
    freed = evaluation.dismiss_reader(model, promotion, person=person, by=by, at=at)
    mine = model._default_manager.filter(reader=person, sheet__status=SheetStatus.SIGNED)
    if not mine.filter(**{f"{model.KIND.dossier}__promotion": promotion}).exists():
        stop_judging(promotion, person=person, duty=Duty(model.KIND.stage))
    return freed
