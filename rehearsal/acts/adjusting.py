"""Act 3, beside the lists: people keep défis aside; after the closing one défi changes, and some adjust."""

from collections import Counter
from datetime import datetime, timedelta
from functools import partial

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from matching.ranking.actions import adjust_wishes, announce_change, keep_aside
from matching.ranking.choices import Status as RankingStatus
from matching.ranking.models import Adjustment, Choice, Ranking
from matching.ranking.queries import projects_offered, wishes_of
from projects.models import Project
from rehearsal.acts.candidates import Candidates
from rehearsal.world import World

# Of the shortlisted, one in so many keeps défis aside while hesitating.
ONE_IN = 4
A_FEW = 4
CHANGE = (
    "Le poste de développement se fera à Lyon, dans l’équipe qui exploite le service, et non plus à Paris ; "
    "deux jours de télétravail par semaine restent possibles."
)


class Adjusting:
    def __init__(self, world: World, candidates: Candidates) -> None:
        self.world, self.candidates = world, candidates

    def plan(self) -> None:
        phase, add = self.world.phases["ranking"], self.world.timeline.add
        add(phase.opens_at + timedelta(hours=20), "des défis sont mis de côté", self.keep)
        add(phase.closes_at + timedelta(hours=10), "un défi change après la clôture", self.change)

    def keep(self, at: datetime) -> None:
        promotion = self.world.promotion
        people = Application.objects.filter(promotion=promotion, status=ApplicationStatus.SHORTLISTED)
        for application in list(people.order_by("pk"))[::ONE_IN]:
            offered = [item for item in projects_offered(application) if item.is_offered]
            for item in offered[1 :: max(2, len(offered) // 3)]:
                keep_aside(application, project=item.project, kept=True, at=at)

    def change(self, at: datetime) -> None:
        """A défi that a few certified lists hold after their second wish."""
        wished = Choice.objects.filter(
            ranking__status=RankingStatus.CERTIFIED, project__promotion=self.world.promotion, position__gte=3
        )
        counted = Counter(wished.order_by("pk").values_list("project_id", flat=True))
        found = min(counted, key=lambda pk: (abs(counted[pk] - A_FEW), pk))
        project = Project.objects.select_related("promotion").get(pk=found)
        announce_change(project, words=CHANGE, by=self.world.lead, at=at)
        for rank, adjustment in enumerate(Adjustment.objects.filter(project=project).order_by("pk")[:2]):
            self.world.timeline.add(
                at + timedelta(hours=5 + 17 * rank),
                "une liste est ajustée",
                partial(self.adjust, adjustment.pk, moves=rank == 0),
            )

    def adjust(self, pk: int, at: datetime, *, moves: bool) -> None:
        """One puts the défi last; the other replaces it, or takes it out when nothing else is offered."""
        adjustment = Adjustment.objects.select_related("ranking__application__candidate", "project").get(
            pk=pk
        )
        ranking: Ranking = adjustment.ranking
        listed = [wish.project for wish in wishes_of(ranking)]
        others = [project for project in listed if project != adjustment.project]
        if moves:
            order = [*others, adjustment.project]
        else:
            offered = projects_offered(ranking.application)
            free = [item.project for item in offered if item.is_offered and item.project not in listed]
            order = [*others, *free[:1]]
        person = ranking.application.candidate
        adjust_wishes(ranking, projects=order, version=ranking.version, by=person)
