"""Act 4: jurors say when they come, the week is computed, announced, replanned for a juror who falls ill;
then candidates are heard, each card signed alone.
"""

from collections import Counter
from datetime import date, datetime, time, timedelta
from functools import partial

from eig.accounts.models import User
from eig.evaluation.choices import SheetStatus, Stage
from eig.juries.choices import JurorKind
from matching.interviews.actions import appoint_juror, recuse_juror, save_scorecard, sign_scorecard
from matching.interviews.actions.allocation import retain_round
from matching.interviews.actions.answer import answer_invitation, invite_all, remind_silent, set_availability
from matching.interviews.actions.plan import apply_plan, ask_plan
from matching.interviews.actions.room import note_presence
from matching.interviews.actions.search import solve_next
from matching.interviews.actions.timetable import publish_week
from matching.interviews.actions.week import add_half_days, set_rules
from matching.interviews.choices import AuditionStatus, PlanKind, Presence, Round
from matching.interviews.models import Audition, HalfDay, Juror, PanelSeat, Scorecard
from matching.interviews.queries.week import half_days_of
from projects.choices import Status as ProjectStatus
from projects.models import Project
from rehearsal.acts.candidates import Candidates
from rehearsal.acts.projects import Projects
from rehearsal.acts.rooms import passed
from rehearsal.corpus import audition_marks
from rehearsal.corpus.sources import read
from rehearsal.saying import said
from rehearsal.world import World

DAYS = ((6, 7), (6, 8), (6, 9), (6, 10), (6, 13))
HOURS = ((time(9, 30), time(12, 30)), (time(14), time(17)))
ROOMS = ("Salle Ada", "Salle Condorcet", "Salle Germain", "Salle Lovelace")
HALF_DAYS_ASKED = 5
# Jurors answer within a few days; two wait for a reminder, one cannot come, one comes for a single half-day.
SILENT, DECLINES, LIGHTER = (3, 17), 11, 7
# How often a juror is free, in tenths; DINUM clears its week.
FREE = {JurorKind.DINUM: 9}
USUALLY_FREE = 7
# Auditions for each seat of a project, so that a jury can choose.
PER_SEAT = 4
ABSENCES = 2


class Auditions:
    def __init__(self, world: World, projects: Projects, candidates: Candidates) -> None:
        self.world, self.projects, self.candidates = world, projects, candidates
        self.jurors: list[Juror] = []

    def plan(self) -> None:
        world, add = self.world, self.world.timeline.add
        add(world.day(2022, 5, 17, 10), "les jurés sont nommés", self.appoint)
        add(world.day(2022, 5, 17, 11), "la semaine des auditions est fixée", self.settle)
        add(world.day(2022, 5, 17, 14), "les jurés disent quand ils viennent", self.invite)
        first, again = (world.led(retain_round, turn=turn) for turn in (Round.FIRST, Round.SECOND))
        add(world.day(2022, 5, 20, 10), "les auditions sont planifiées", first)
        add(world.day(2022, 5, 23, 9), "les jurés silencieux sont relancés", world.led(remind_silent))
        # Once those who had nothing were offered another project: what is left gives second auditions.
        add(world.day(2022, 5, 25, 9), "les secondes auditions sont retenues", again)
        add(world.day(2022, 5, 25, 10), "l’emploi du temps est calculé", self.compute)
        add(world.day(2022, 5, 27, 14), "le calendrier est publié", world.led(publish_week))
        add(world.day(2022, 6, 1, 9), "un juré est malade : on replanifie", self.replan)

    def appoint(self, at: datetime) -> None:
        for pk, juror in sorted(self.world.jurors.items()):
            person = User.objects.get(pk=pk)
            self.jurors.append(
                appoint_juror(
                    self.world.promotion,
                    person=person,
                    kind=juror.kind,
                    by=self.world.lead,
                    at=at,
                    organisation=juror.employer,
                )
            )

    def settle(self, at: datetime) -> None:
        world = self.world
        set_rules(
            world.promotion,
            per_place=PER_SEAT,
            least_per_place=2,
            most_each=2,
            pause_minutes=0,
            rooms=ROOMS,
            panel={JurorKind.AGENT: 1, JurorKind.DINUM: 1, JurorKind.OUTSIDE: 1},
            by=world.lead,
            at=at,
        )
        days: list[date] = [world.day(2022, month, day, 9).date() for month, day in DAYS]
        add_half_days(world.promotion, days=days, hours=HOURS, by=world.lead, at=at)

    def invite(self, at: datetime) -> None:
        world = self.world
        invite_all(world.promotion, half_days=HALF_DAYS_ASKED, by=world.lead, at=at)
        for rank in range(len(self.jurors)):
            begun = at + timedelta(days=6, hours=20) if rank in SILENT else at + timedelta(hours=1)
            when = world.between(begun, begun + timedelta(hours=30))
            world.timeline.add(when, "un juré répond", partial(self.answer, rank))

    def answer(self, rank: int, at: datetime) -> None:
        juror = Juror.objects.select_related("invitation", "person", "promotion").get(pk=self.jurors[rank].pk)
        if rank == DECLINES:
            words = "Je suis en mission cette semaine-là, avec regret."
            answer_invitation(juror.invitation, comes=False, comment=words, at=at)
            return
        free = self._free_half_days(juror)
        answer_invitation(
            juror.invitation,
            comes=True,
            half_days=free,
            most=1 if rank == LIGHTER else HALF_DAYS_ASKED,
            ties=self._ties(rank),
            reason="Son service a conseillé ce projet",
            comment="Une seule demi-journée cette fois." if rank == LIGHTER else "",
            at=at,
        )

    def _free_half_days(self, juror: Juror) -> list[HalfDay]:
        half_days = half_days_of(self.world.promotion)
        often = FREE.get(JurorKind(juror.kind), USUALLY_FREE)
        return [day for day in half_days if self.world.dice.randrange(10) < often] or half_days[:1]

    def _ties(self, rank: int) -> list[Project]:
        projects = Project.objects.filter(
            promotion=self.world.promotion, status=ProjectStatus.PUBLISHED
        ).order_by("pk")
        return [projects[rank % len(projects)]] if rank % 9 == 4 else []

    def compute(self, at: datetime) -> None:
        self._plan(PlanKind.WEEK, at=at)
        card = (
            Scorecard.objects.filter(audition__promotion=self.world.promotion)
            .select_related("juror__person", "audition__application")
            .order_by("pk")[7]
        )
        recuse_juror(
            card.juror,
            application=card.audition.application,
            reason="Ancien collègue de la personne entendue",
            by=card.juror.person,
            at=at + timedelta(minutes=35),
        )

    def _plan(self, kind: PlanKind, *, at: datetime, reason: str = "") -> None:
        plan = ask_plan(self.world.promotion, kind=kind, by=self.world.lead, at=at, reason=reason)
        solve_next(lambda: at + timedelta(minutes=1))
        plan.refresh_from_db()
        apply_plan(plan, by=self.world.lead, at=at + timedelta(minutes=30))

    def replan(self, at: datetime) -> None:
        """The juror who sits most often falls ill; few auditions move, and everybody concerned is told."""
        seats = PanelSeat.objects.filter(panel__promotion=self.world.promotion).order_by("pk")
        sittings = list(seats.values_list("juror_id", flat=True))
        ill = max(sorted(set(sittings)), key=sittings.count)
        juror = Juror.objects.select_related("person", "promotion").get(pk=ill)
        set_availability(juror, half_days=[], most=0, by=self.world.lead, at=at)
        self._plan(
            PlanKind.REPLAN, at=at + timedelta(minutes=5), reason=f"{juror} n’est plus disponible : malade"
        )
        self._hear_all()

    def _hear_all(self) -> None:
        placed = Audition.objects.filter(
            promotion=self.world.promotion, status=AuditionStatus.PLACED
        ).order_by("during", "pk")
        # Of those whom the rounds gave an audition, the ones whom EIG 6 did not hear never came.
        heard = read("volumes.toml")["promotion"]["personnes entendues"]
        called = Counter(audition.application_id for audition in placed)
        once = [audition.application_id for audition in placed if called[audition.application_id] == 1]
        never_come = set(once[: max(len(called) - heard, 0)])
        heard_before: set[int] = set()
        absent = 0
        for audition in placed:
            ends = audition.during.upper
            if audition.application_id in never_come:
                self.world.timeline.add(ends, "une personne est absente", partial(self.miss, audition.pk))
                continue
            if absent < ABSENCES and audition.application_id in heard_before:
                absent += 1
                self.world.timeline.add(ends, "une personne est absente", partial(self.miss, audition.pk))
                continue
            heard_before.add(audition.application_id)
            self.world.timeline.add(ends, "une audition se tient", partial(self.hear, audition.pk))

    def miss(self, pk: int, at: datetime) -> None:
        audition = Audition.objects.get(pk=pk)
        if audition.status == AuditionStatus.PLACED:
            note_presence(audition, status=Presence.ABSENT, by=self.world.lead, at=at)

    def hear(self, pk: int, at: datetime) -> None:
        audition = Audition.objects.get(pk=pk)
        if audition.status != AuditionStatus.PLACED:
            return
        passed(audition, world=self.world, at=at)
        for card in (
            Scorecard.objects.filter(audition=audition)
            .exclude(sheet__status=SheetStatus.RECUSED)
            .order_by("pk")
        ):
            moment = at + timedelta(minutes=2 + self.world.dice.randrange(180))
            self.world.timeline.add(moment, "une fiche est signée", partial(self.sign, card.pk))

    def sign(self, pk: int, at: datetime) -> None:
        card = Scorecard.objects.select_related(
            "juror__person", "sheet", "audition__application", "audition__project"
        ).get(pk=pk)
        key = self.candidates.keys[card.audition.application_id]
        heard_for = card.audition.project
        project = self.projects.scripts[heard_for.filed_title or heard_for.title]
        rank = Scorecard.objects.filter(audition=card.audition, pk__lt=pk).count()
        marks = audition_marks(
            self.candidates.scripts[key], project, juror=rank, criteria=self.world.criteria(Stage.AUDITION)
        )
        words = said("audition", marks, key=f"{key}/{project.key}/{rank}")
        save_scorecard(card, by=card.juror.person, at=at, marks=marks, **words)
        sign_scorecard(card, by=card.juror.person, at=at)
