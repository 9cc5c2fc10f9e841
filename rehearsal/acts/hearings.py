"""Act 1, the juries: members named, a plan proposed and told, a room that changes, each project heard."""

from datetime import datetime, time, timedelta
from functools import partial

from eig.accounts.models import User
from eig.evaluation.choices import Stage
from projects.actions import accept_proposal, propose_position, return_proposal
from projects.actions.hearing import clear_hearing, penholder_of, save_hearing, sign_hearing
from projects.actions.jury import add_half_days, appoint_project_juror, change_group
from projects.actions.plan import announce_hearings, apply_plan, propose_plan
from projects.choices import ProposalStatus, Status
from projects.models import Hearing, HearingGroup, HearingHalfDay, PositionProposal, Project
from projects.queries.hearing import half_days_of
from rehearsal.acts.projects import Projects
from rehearsal.corpus import generate_jurors, project_marks
from rehearsal.saying import said
from rehearsal.world import World

ROOMS = ("Salle Condorcet", "Salle Ada-Lovelace", "Visioconférence")
HOURS = ((time(9), time(12, 30)), (time(14), time(17, 30)))
# Of the jurors, who cannot come on one of the half-days: (rank in the list, half-day).
AWAY = ((2, 0), (5, 1), (9, 2), (14, 0))


class Hearings:
    def __init__(self, world: World, projects: Projects) -> None:
        self.world, self.projects = world, projects

    def plan(self) -> None:
        world, add = self.world, self.world.timeline.add
        add(world.day(2022, 3, 23, 11), "les membres des jurys sont nommés", self.appoint)
        add(world.day(2022, 3, 24, 15), "le plan des jurys est proposé et annoncé", self.compose)
        add(world.day(2022, 3, 28, 10), "un jury change de salle", self.change)
        add(world.day(2022, 4, 11, 16), "des lauréats précisent un profil", self.propose_profiles)
        add(world.day(2022, 4, 13, 9, 30), "l’équipe répond aux profils", self.answer_profiles)

    def half_days(self) -> list[HearingHalfDay]:
        return half_days_of(self.world.promotion)[:3]

    def appoint(self, at: datetime) -> None:
        promotion, by = self.world.promotion, self.world.lead
        days = [self.world.day(2022, 3, 31).date(), self.world.day(2022, 4, 1).date()]
        add_half_days(promotion, days=days, hours=HOURS, by=by, at=at)
        half_days = self.half_days()
        away = {rank: half_days[day] for rank, day in AWAY}
        for rank, juror in enumerate(row for row in generate_jurors() if row.panel == "project"):
            appoint_project_juror(
                promotion,
                person=User.objects.get(email=juror.person.email),
                kind=juror.kind,
                organisation=juror.employer,
                absences=[away[rank]] if rank in away else [],
                by=by,
                at=at,
            )

    def compose(self, at: datetime) -> None:
        promotion = self.world.promotion
        proposal = propose_plan(promotion, half_days=self.half_days(), rooms=ROOMS)
        apply_plan(promotion, proposal=proposal, by=self.world.lead, at=at)
        announce_hearings(promotion, by=self.world.lead, at=at)
        for hearing in Hearing.objects.filter(group__promotion=promotion).order_by("during", "pk"):
            moment = hearing.during.upper - timedelta(minutes=2)
            self.world.timeline.add(moment, "un projet est entendu", partial(self.hear, hearing.pk))

    def propose_profiles(self, at: datetime) -> None:
        for project in self._laureates()[:4]:
            position = project.positions.select_related("trade").order_by("rank", "pk")[0]
            propose_position(
                position,
                trade=position.trade,
                expertise=position.expertise,
                must_have=position.must_have,
                nice_to_have=f"{position.nice_to_have}\nGoût du travail de terrain et de l’écriture".strip(),
                seats=position.seats,
                by=self.projects.leads[self._key(project)],
                at=at,
            )

    def answer_profiles(self, at: datetime) -> None:
        rows = PositionProposal.objects.filter(
            position__project__promotion=self.world.promotion, status=ProposalStatus.PROPOSED
        )
        for rank, proposal in enumerate(rows.order_by("pk")):
            if rank == 1:
                words = "Gardez une seule compétence appréciée : la plus utile la première semaine."
                return_proposal(proposal, answer=words, by=self.world.second, at=at)
            elif rank < 3:
                accept_proposal(proposal, by=self.world.second, at=at)

    def _laureates(self) -> list[Project]:
        rows = Project.objects.filter(promotion=self.world.promotion, status=Status.LAUREATE)
        return list(rows.select_related("promotion").order_by("pk"))

    def _key(self, project: Project) -> str:
        return self.projects.scripts[project.title].key

    def change(self, at: datetime) -> None:
        """The room is needed elsewhere: its jury moves, and everyone is told once more."""
        group = HearingGroup.objects.filter(promotion=self.world.promotion).order_by("-during", "room")[0]
        change_group(
            group,
            name=group.name,
            room="Salle Olympe-de-Gouges",
            link=group.link,
            starts=group.during.lower,
            ends=group.during.upper,
            by=self.world.lead,
            at=at,
        )
        announce_hearings(self.world.promotion, by=self.world.lead, at=at)

    def hear(self, pk: int, at: datetime) -> None:
        hearing = Hearing.objects.select_related("project__promotion", "group", "sheet").get(pk=pk)
        script = self.projects.scripts[hearing.project.title]
        for seat in hearing.group.seats.select_related("juror__person").order_by("pk"):
            clear_hearing(hearing, by=seat.juror.person, at=at - timedelta(minutes=35))
        holder = penholder_of(hearing)
        assert holder is not None
        marks = project_marks(script, reader=1, criteria=self.world.criteria(Stage.PROJECT_READING))
        words = said("project_reading", marks, key=f"{script.key}/jury", middle="reserved")
        referent = holder.juror.person
        save_hearing(hearing, by=referent, at=at, marks=marks, **words)
        sign_hearing(hearing, by=referent, at=at)
