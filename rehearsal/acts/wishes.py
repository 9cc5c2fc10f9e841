"""Act 3: the shortlisted order up to five défis; those who forget are reminded; the lists are closed."""

from datetime import datetime, timedelta
from functools import partial

from candidates.choices import Status as ApplicationStatus
from candidates.models import Application
from matching.ranking.actions import (
    accept_other_project,
    certify_ranking,
    close_rankings,
    invite_to_rank,
    open_ranking,
    reopen_ranking,
    set_choices,
)
from projects.models import Project
from rehearsal.acts.candidates import Candidates
from rehearsal.acts.projects import Projects
from rehearsal.corpus import Preference, generate_preferences
from rehearsal.world import World

# A few people change their mind after certifying, and certify again.
SECOND_THOUGHTS = 4


class Wishes:
    def __init__(self, world: World, projects: Projects, candidates: Candidates) -> None:
        self.world, self.projects, self.candidates = world, projects, candidates

    def plan(self) -> None:
        ranking = self.world.phases["ranking"]
        self.world.timeline.add(ranking.opens_at, "les vœux s’ouvrent", self.invite)
        self.world.timeline.add(
            ranking.closes_at + timedelta(hours=9), "les listes de vœux sont arrêtées", self.close
        )

    def invite(self, at: datetime) -> None:
        invite_to_rank(self.world.promotion, by=self.world.lead, at=at)
        ends = self.world.phases["ranking"].closes_at
        preferences = generate_preferences()
        again = 0
        for key, preference in preferences.items():
            application = Application.objects.get(pk=self.candidates.applications[key].pk)
            if application.status != ApplicationStatus.SHORTLISTED:
                continue
            begun = self.world.between(at + timedelta(hours=1), ends - timedelta(hours=20))
            self.world.timeline.add(begun, "des vœux sont ordonnés", partial(self.order, preference))
            if preference.certifies:
                done = self.world.between(begun + timedelta(minutes=20), ends, lean=0.6)
                self.world.timeline.add(done, "des vœux sont certifiés", partial(self.certify, preference))
                if (
                    again < SECOND_THOUGHTS
                    and len(preference.wishes) > 3
                    and done < ends - timedelta(hours=30)
                ):
                    again += 1
                    self.world.timeline.add(
                        done + timedelta(hours=5),
                        "une liste est rouverte",
                        partial(self.think_again, preference),
                    )

    def _of(self, preference: Preference) -> Application:
        row = Application.objects.select_related("promotion", "candidate")
        return row.get(pk=self.candidates.applications[preference.candidacy].pk)

    def _projects(self, preference: Preference) -> list[Project]:
        return [self.projects.by_key[key] for key in preference.wishes]

    def order(self, preference: Preference, at: datetime) -> None:
        application = self._of(preference)
        ranking = open_ranking(application, at=at)
        chosen = self._projects(preference)
        reasons = {
            project.pk: reason for project, reason in zip(chosen, preference.reasons, strict=True) if reason
        }
        person = application.candidate
        set_choices(ranking, projects=chosen, version=ranking.version, by=person, reasons=reasons)
        if not preference.accepts_other:
            accept_other_project(ranking, accepts=False, version=ranking.version, by=person)

    def certify(self, preference: Preference, at: datetime) -> None:
        application = self._of(preference)
        certify_ranking(open_ranking(application, at=at), by=application.candidate)

    def think_again(self, preference: Preference, at: datetime) -> None:
        application = self._of(preference)
        ranking = open_ranking(application, at=at)
        reopen_ranking(ranking, by=application.candidate)
        ranking.refresh_from_db()
        chosen = self._projects(preference)
        chosen[1], chosen[2] = chosen[2], chosen[1]
        set_choices(ranking, projects=chosen, version=ranking.version, by=application.candidate)
        ranking.refresh_from_db()
        certify_ranking(ranking, by=application.candidate)

    def close(self, at: datetime) -> None:
        close_rankings(self.world.promotion, by=self.world.lead)
