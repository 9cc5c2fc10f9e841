"""Markets of a few people and projects, scenarios in every state, offers."""

import itertools
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from candidates.models import Application
from eig.accounts.models import User
from eig.promotions.models import Promotion
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Panel, Slot
from matching.teams import actions
from matching.teams.choices import OfferStatus
from matching.teams.models import Offer, Scenario
from projects.models import Project
from tests.factories import numbers
from tests.factories.ranking import published_project, ranking, shortlisted
from tests.people import person

# On the common scale: sixty times the sum of the weighted marks of one juror.
POINT = 60
_numbers = itertools.count(1)
_names = numbers()


def staff_member() -> User:
    return person("Didier", f"Pilote {next(_names)}", staff=True)


def heard(application: Application, project: Project, *, points: int = 20) -> Audition:
    """An audition that was held, with its score; `points` is the sum of one juror's weighted marks."""
    hour = next(_numbers)
    start = timezone.now() - timedelta(days=400) + timedelta(hours=hour)
    panel = Panel.objects.create(
        promotion=application.promotion,
        name=f"Jury {hour}",
        room=f"Salle {hour}",
        during=(start, start + timedelta(minutes=30)),
    )
    slot = Slot.objects.create(panel=panel, during=panel.during)
    return Audition.objects.create(
        promotion=application.promotion,
        application=application,
        project=project,
        status=AuditionStatus.HEARD,
        slot=slot,
        during=panel.during,
        created_at=start,
        heard_at=start,
        cards_signed=1,
        score=points * POINT,
    )


def candidate(
    promotion: Promotion,
    wishes: Sequence[Project] = (),
    *,
    points: int | Mapping[Project, int] = 20,
    trades: Sequence[str] = ("developpement",),
    who: User | None = None,
    certified: bool = True,
) -> Application:
    """A preselected person with certified wishes, heard by the jury of each."""
    application = shortlisted(promotion, who, trades=trades)
    if wishes:
        ranking(application, wishes, certified=certified)
    for project in wishes:
        mark = points if isinstance(points, int) else points.get(project)
        if mark is not None:
            heard(application, project, points=mark)
    return application


def market(promotion: Promotion, *, who: User | None = None) -> dict[str, Any]:
    """Two projects of two seats (développement, design) and five people who all wish Marée first.

    Anna (dev, 30) and Dora (design, 25) get Marée; Basile (dev, 20) and Denis (design, 10) go to Forêt,
    their second wish; Cora (dev, 15) has no place.
    """
    promotion.wishes_min = 1
    promotion.reserve_expires_at = timezone.now() + timedelta(days=60)
    promotion.save(update_fields=["wishes_min", "reserve_expires_at"])
    sea, forest = published_project(promotion, "Marée"), published_project(promotion, "Forêt")
    both = (sea, forest)
    return {
        "sea": sea,
        "forest": forest,
        "anna": candidate(promotion, both, points=30, who=who),
        "basile": candidate(promotion, both, points=20),
        "cora": candidate(promotion, both, points=15),
        "dora": candidate(promotion, both, points=25, trades=("design",)),
        "denis": candidate(promotion, both, points=10, trades=("design",)),
    }


def drawn(promotion: Promotion, *, by: User | None = None) -> None:
    by = by or staff_member()
    actions.commit_draw(promotion, by=by, at=timezone.now())
    actions.reveal_draw(promotion, by=by, at=timezone.now())


def computed(
    promotion: Promotion, *, by: User | None = None, name: str = "Référence", enforce: bool = True
) -> Scenario:
    """A scenario computed on what the promotion holds now; the draw is made if need be."""
    by = by or staff_member()
    if not hasattr(promotion, "draw"):
        drawn(promotion, by=by)
    scenario = actions.create_scenario(
        promotion, name=name, by=by, at=timezone.now(), enforce_minimum=enforce
    )
    return actions.compute_scenario(scenario, by=by, at=timezone.now())


def signed(promotion: Promotion, *, by: User | None = None) -> Scenario:
    by = by or staff_member()
    scenario = computed(promotion, by=by)
    actions.sign_scenario(scenario, by=by, at=timezone.now())
    scenario.refresh_from_db()
    return scenario


def published(promotion: Promotion, *, by: User | None = None) -> list[Offer]:
    """Results published: one offer for each person placed."""
    return actions.publish_results(signed(promotion, by=by), by=staff_member(), at=timezone.now())


def offer_of(application: Application) -> Offer:
    return Offer.objects.get(application=application, status__in=[OfferStatus.SENT, OfferStatus.ACCEPTED])


def overdue(offer: Offer) -> Offer:
    """The same offer, its deadline passed an instant ago."""
    now = timezone.now()
    Offer.objects.filter(pk=offer.pk).update(
        sent_at=now - timedelta(days=16), expires_at=now - timedelta(seconds=1)
    )
    offer.refresh_from_db()
    return offer
