"""Act 6: the teams start, tell their weeks, finish; some stay in the directory."""

from datetime import date, datetime, timedelta
from functools import partial

from cohorts.actions import (
    ask_certificate,
    complete_missions,
    file_bulletin,
    join_directory,
    send_digest,
    welcome_teams,
)
from cohorts.choices import MemberStatus
from cohorts.models import Member
from matching.teams.models import Team
from rehearsal.acts.projects import Projects
from rehearsal.corpus import Bulletin as Script
from rehearsal.corpus import generate_bulletins
from rehearsal.world import World

MOODS = {1: "hard", 2: "hard", 3: "mixed", 4: "good", 5: "great"}
# A team forgets its bulletin now and then.
FORGOTTEN = 0.06
HEADLINES = (
    "Développe aujourd’hui dans la même administration",
    "A rejoint une équipe numérique de l’État",
    "Travaille dans une coopérative numérique",
    "Enseigne et poursuit le projet en parallèle",
)


class Cohort:
    def __init__(self, world: World, projects: Projects) -> None:
        self.world, self.projects = world, projects

    def plan(self) -> None:
        world, add = self.world, self.world.timeline.add
        add(world.day(2022, 9, 5, 10), "la promotion s’ouvre", world.led(welcome_teams))
        first = world.day(2022, 9, 12, 9)
        for script in generate_bulletins():
            if world.dice.random() < FORGOTTEN:
                continue
            monday = first + timedelta(weeks=script.week - 1)
            moment = monday + timedelta(days=world.dice.choice((3, 4)), minutes=world.dice.randrange(300))
            add(moment, "un bulletin est rempli", partial(self.tell_week, script, monday.date()))
        for week in range(8):
            friday = first + timedelta(weeks=week, days=4, hours=6)
            add(friday, "le résumé de la semaine part", self.digest)
        add(world.day(2023, 7, 12, 10), "les missions se terminent", self.complete)

    def tell_week(self, script: Script, monday: date, at: datetime) -> None:
        team = (
            Team.objects.filter(project=self.projects.by_key[script.project])
            .select_related("promotion")
            .first()
        )
        members = list(
            Member.objects.filter(team=team, status=MemberStatus.ACTIVE)
            .select_related("person")
            .order_by("pk")
        )
        if team is None or not members:
            return
        file_bulletin(
            team,
            week=monday,
            by=members[script.week % len(members)].person,
            at=at,
            mood=MOODS[script.mood],
            priority=script.priority,
            worked=script.worked,
            hard=script.hard,
            help=script.help,
        )

    def digest(self, at: datetime) -> None:
        monday = at.date() - timedelta(days=at.weekday())
        send_digest(self.world.promotion, week=monday, at=at)

    def complete(self, at: datetime) -> None:
        complete_missions(self.world.promotion, by=self.world.lead, at=at)
        for rank, member in enumerate(
            Member.objects.filter(promotion=self.world.promotion, status=MemberStatus.COMPLETED).order_by(
                "pk"
            )
        ):
            ask_certificate(member, by=self.world.lead, at=at)
            if rank % 2:
                join_directory(member, by=member.person, at=at, headline=HEADLINES[rank % len(HEADLINES)])
