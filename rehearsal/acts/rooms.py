"""Act 4, in the rooms: outside jurors receive their link, each panel speaks, its minutes are signed."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import partial

from django.utils.timezone import localtime

from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of
from matching.interviews.actions.day_pass import send_day_passes
from matching.interviews.actions.minutes import freeze_minutes, record_prevented, sign_minutes, write_opinion
from matching.interviews.actions.room import begin_passage, end_passage
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Minutes, Panel, PanelSeat
from matching.interviews.queries.day_pass import days_with_panels
from matching.interviews.rules import mean_of_score
from rehearsal.world import World

# Best first: what a panel retains, by the mean of its marks.
OPINIONS = (
    (
        "favourable",
        (
            "Le jury est unanime : une expérience solide, des réponses précises et une vraie "
            "curiosité pour le "
            "service. La personne a posé les bonnes questions sur les usagers avant de parler d’outils."
        ),
    ),
    (
        "favourable",
        (
            "Très bonne impression. Le jury retient la clarté de la présentation et une manière simple "
            "de dire ce qui n’est pas encore su. Une réserve : peu d’expérience du travail en administration."
        ),
    ),
    (
        "favourable",
        (
            "Parcours convaincant, motivation réelle. Le jury a hésité sur l’autonomie technique, puis a été "
            "rassuré par l’exemple du dernier projet mené seul de bout en bout."
        ),
    ),
    (
        "neutral",
        (
            "Avis partagé. Les compétences sont là, le lien avec le défi l’est moins : la "
            "personne parle surtout "
            "d’un autre sujet. À revoir si une place reste libre."
        ),
    ),
    (
        "neutral",
        (
            "Le jury salue l’engagement mais l’expérience paraît encore courte pour tenir "
            "seul ou seule le volet "
            "attendu sur dix mois."
        ),
    ),
)
# The means, out of five, from which each of the first four is said.
FLOORS = (Fraction(43, 10), Fraction(38, 10), Fraction(33, 10), Fraction(26, 10))
AFTER = timedelta(hours=4)


class Rooms:
    def __init__(self, world: World) -> None:
        self.world = world

    def plan(self) -> None:
        self.world.timeline.add(self.world.day(2022, 6, 1, 18), "les salles se préparent", self.prepare)

    def prepare(self, at: datetime) -> None:
        """Once the week is settled: a link the evening before, then minutes at the end of each panel."""
        world = self.world
        for day in days_with_panels(world.promotion):
            first = Panel.objects.filter(promotion=world.promotion, during__startswith__date=day).order_by(
                "during", "pk"
            )[0]
            evening = localtime(first.during.lower).replace(hour=18, minute=0) - timedelta(days=1)
            world.timeline.add(evening, "les jurés extérieurs ont leur accès", partial(self.invite, day))
        for panel in Panel.objects.filter(promotion=world.promotion).order_by("during", "pk"):
            when = panel.during.upper + AFTER
            world.timeline.add(when, "un jury écrit son procès-verbal", partial(self.conclude, panel.pk))

    def invite(self, day: date, at: datetime) -> None:
        send_day_passes(self.world.promotion, day=day, by=self.world.lead, at=at)

    def conclude(self, pk: int, at: datetime) -> None:
        panel = Panel.objects.select_related("promotion").get(pk=pk)
        seats = list(
            PanelSeat.objects.filter(panel=panel)
            .select_related("juror__person")
            .order_by("-is_referent", "pk")
        )
        heard = list(
            Audition.objects.filter(slot__panel=panel, status=AuditionStatus.HEARD).order_by("-score", "pk")
        )
        if not seats or not Audition.objects.filter(slot__panel=panel).exists():
            return
        scribe = seats[0].juror.person if seats[0].is_referent else self.world.lead
        weight = grid_of(panel.promotion_id, Stage.AUDITION).total_weight
        for audition in heard:
            mean = mean_of_score(audition.score or 0, weight=weight)
            verdict, text = OPINIONS[sum(mean < floor for floor in FLOORS)]
            write_opinion(audition, text=text, verdict=verdict, by=scribe, at=at)
        minutes = freeze_minutes(panel, by=scribe, at=at)
        for rank, seat in enumerate(seats):
            signs = at + timedelta(minutes=3 + rank * 25 + self.world.dice.randrange(20))
            self.world.timeline.add(
                signs, "un procès-verbal est signé", partial(self.sign, minutes.pk, seat.pk)
            )

    def sign(self, minutes_id: int, seat_id: int, at: datetime) -> None:
        minutes = Minutes.objects.select_related("panel").get(pk=minutes_id)
        seat = PanelSeat.objects.select_related("juror__person").get(pk=seat_id)
        if minutes.panel.pk % 11 == 3 and not seat.is_referent and minutes.signatures.count() == 1:
            reason = "En congé jusqu’à la fin du mois, avis donné par téléphone"
            record_prevented(minutes, juror=seat.juror, reason=reason, by=self.world.lead, at=at)
            return
        sign_minutes(minutes, by=seat.juror.person, at=at)


def passed(audition: Audition, *, world: World, at: datetime) -> None:
    """The candidate came in a few minutes after the hour, and left at `at`."""
    assert audition.during is not None
    late = timedelta(minutes=world.dice.choice((0, 0, 1, 1, 2, 3, 5)))
    begin_passage(audition, by=world.lead, at=audition.during.lower + late)
    end_passage(audition, by=world.lead, at=at)
