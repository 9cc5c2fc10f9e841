"""Do the same thing in every living promotion, each alone."""

from collections.abc import Callable
from datetime import datetime

from eig.failures.actions import alone
from eig.promotions.models import Promotion
from eig.promotions.queries import moment


def in_each_promotion(task: str, act: Callable[[Promotion, datetime], object], *, deed: str) -> None:
    """Run an atomic action, by the promotion's clock; what fails in one is said on its cockpit.

    `deed` says in French what was to be done: « rappeler les échéances ».
    """
    for promotion in Promotion.objects.filter(is_archived=False).order_by("pk"):
        now = moment(promotion)
        with alone(task, promotion, deed=deed, at=now, promotion_id=promotion.pk):
            act(promotion, now)
