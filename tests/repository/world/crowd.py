"""More of the same: rows added to the lists of the world, straight, for what costs nothing to decide."""

import itertools
import uuid
from datetime import timedelta
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from candidates.models import Application, Attachment
from cohorts.models import Bulletin, Companion, DirectoryEntry
from eig.accounts.models import Invitation, User
from eig.evaluation.models import Reader, Sheet
from eig.journal.models import Entry
from eig.listing.models import BulkRow
from eig.mail.models import Message
from eig.promotions.models import Figure, Promotion
from matching.interviews.models import PanelSeat, Slot
from matching.teams.models import Directive, Offer, Team
from projects.models import Project, PublicPage
from tests.factories.interviews import morning
from tests.factories.ranking import ranking
from tests.repository.world.building import World
from tests.repository.world.proposals import lead

Row = TypeVar("Row", bound=models.Model)
_numbers = itertools.count(1000)


def again(row: Row, **changes: Any) -> Row:
    """Another row like this one; what must be unique is new."""
    names = [field.name for field in row._meta.concrete_fields if not field.primary_key]
    values: dict[str, Any] = {name: getattr(row, name) for name in names}
    if "code" in values and isinstance(values["code"], uuid.UUID):
        values["code"] = uuid.uuid4()
    if values.get("number") and "promotion" in values:
        values["number"] = f"X-{next(_numbers)}"
    return type(row)._default_manager.create(**{**values, **changes})


def someone(world: World) -> User:
    rank = next(_numbers)
    return again(world.emile, email=f"foule{rank}@exemple.example", last_name=f"Foule{rank}")


def crowd(world: World, *, rows: int) -> None:
    """`rows` more of everything that a list shows."""
    for _ in range(rows):
        projects = _more_projects(world)
        applications = _more_applications(world)
        _more_auditions(world, project=projects["published_project"], application=applications[-1])
        _more_scenarios(world)
        _more_of_the_cohort(world)
        _more_of_the_desk(world, applications)
        _more_of_the_rest(world)


def _more_projects(world: World) -> dict[str, Project]:
    of, made = world.of, {}
    for name in (
        "draft_project",
        "submitted_project",
        "read_project",
        "laureate_project",
        "published_project",
    ):
        model = getattr(of, name)
        project = made[name] = again(model, title=f"{model.title} {next(_numbers)}")
        lead(project, world.badis)
        for link in model.links.order_by("pk"):
            again(link, project=project)
        for position in model.positions.order_by("pk"):
            again(position, project=project)
    for model in of.read_project.reviews.exclude(sheet__status="recused").order_by("pk"):
        again(model, project=made["read_project"], sheet=_sheet_again(model.sheet))
        again(model, project=of.submitted_project, reader=someone(world), sheet=_sheet_again(model.sheet))
    again(of.other_project.decisions.get(), project=made["read_project"])
    again(of.laureate_project.page_draft, project=made["laureate_project"])
    _page_again(of.published_project.public_page, project=made["published_project"])
    of.draft_project.leads.create(person=someone(world), role="editor", since=timezone.now())
    again(
        Invitation.objects.order_by("pk")[0],
        token_hash=uuid.uuid4().hex,
        email=f"i{next(_numbers)}@x.example",
    )
    for wave in (of.project_wave, of.application_wave):
        again(wave)
    return made


def _page_again(page: PublicPage, **changes: Any) -> PublicPage:
    return again(page, slug=f"page-{next(_numbers)}", **changes)


def _sheet_again(sheet: Sheet) -> Sheet:
    copy = again(sheet, status="draft", signed_at=None, total=None)
    for mark in sheet.marks.order_by("pk"):
        again(mark, sheet=copy)
    Sheet.objects.filter(pk=copy.pk).update(status=sheet.status, signed_at=sheet.signed_at, total=sheet.total)
    return copy


def _more_applications(world: World) -> list[Application]:
    of, made = world.of, []
    for name in ("submitted_application", "judged_application", "waiting_application", "heard_application"):
        model = getattr(of, name)
        application = again(model, candidate=someone(world))
        made.append(application)
        for link in model.trade_links.order_by("pk"):
            again(link, application=application)
        for attachment in Attachment.objects.filter(application=model).order_by("pk"):
            again(attachment, application=application, document=again(attachment.document))
        for review in model.reviews.exclude(sheet__status="recused").order_by("pk"):
            again(review, application=application, sheet=_sheet_again(review.sheet))
    again(of.judged_application.decisions.get(), application=made[1])
    again(Reader.objects.filter(stage="application_reading").order_by("pk")[0], person=someone(world))
    again(Reader.objects.filter(stage="project_reading").order_by("pk")[0], person=someone(world))
    ranking(made[-1], world.of.wished, certified=True)
    return made


def _more_of_the_desk(world: World, applications: list[Application]) -> None:
    """Rows of the team's lists, and letters to whoever reads theirs."""
    of = world.of
    deed = again(of.bulk)
    for bulk in (deed, of.bulk):
        BulkRow.objects.create(bulk=bulk, record_type="candidates.application", record_id=applications[0].pk)
    again(of.export)
    again(of.order, given={"refused_applications": next(_numbers)})
    again(of.saved_view, name=f"Vue {next(_numbers)}")
    again(of.pool_member, person=someone(world))
    letter = Message.objects.filter(to_person=world.damien).order_by("pk")[0]
    again(letter, key=f"foule-{next(_numbers)}")


def _more_auditions(world: World, *, project: Project, application: Application) -> None:
    """A panel of another day: Amélie for a new project, then somebody else."""
    of, day = world.of, next(_numbers) - 995
    start = morning(day)
    during = TimestamptzRange(start, start + timedelta(hours=2))
    panel = again(of.panel, during=during)
    for seat in of.panel.seats.order_by("pk"):
        again(seat, panel=panel, during=during)
    juror = again(of.second_juror, person=someone(world))
    PanelSeat.objects.create(panel=panel, juror=juror, during=during)
    pairs = ((of.heard_application, project), (application, of.wished[0]), (application, project))
    for rank, (person, wished) in enumerate(pairs):
        begins = start + timedelta(minutes=30 * rank)
        slot = Slot.objects.create(
            panel=panel, during=TimestamptzRange(begins, begins + timedelta(minutes=30))
        )
        model = of.audition if rank < 2 else of.planned_audition
        times = {"slot": slot, "during": slot.during} if rank < 2 else {}
        if rank == 1:
            times |= {"status": "heard", "heard_at": start, "cards_signed": 1, "score": 1200}
        audition = again(model, application=person, project=wished, **times)
        for card in of.audition.scorecards.order_by("pk") if rank < 2 else ():
            again(card, audition=audition, sheet=_sheet_again(card.sheet))


def _more_scenarios(world: World) -> None:
    of = world.of
    again(of.draft_scenario, name=f"Essai {next(_numbers)}")
    computed = again(of.draft_scenario, name=f"Calcul {next(_numbers)}")
    type(computed).objects.filter(pk=computed.pk).update(
        **{
            name: getattr(of.computed_scenario, name)
            for name in (
                "status",
                "instance",
                "instance_sha256",
                "result",
                "result_sha256",
                "verdict",
                "computed_at",
            )
        }
    )
    directive = Directive.objects.filter(scenario=of.draft_scenario).order_by("pk")[0]
    application = again(directive.application, candidate=someone(world))
    again(directive, application=application)


def _more_of_the_cohort(world: World) -> None:
    of = world.of
    project = again(of.former_project, title=f"Défi {next(_numbers)}")
    for position in of.former_project.positions.order_by("pk"):
        again(position, project=project)
    _page_again(of.former_project.public_page, project=project)
    lead(project, world.badis)
    team = Team.objects.create(promotion=world.there, project=project, created_at=timezone.now())
    accepted = Offer.objects.get(pk=of.accepted_offer.pk)
    application = again(accepted.application, candidate=someone(world))
    offer = again(accepted, team=team, application=application)
    member = again(of.member, offer=offer, team=team, person=application.candidate)
    again(of.offer, team=team, application=again(of.offer.application, candidate=someone(world)))
    Companion.objects.create(team=team, person=world.badis, role="mentor", since=member.starts_on)
    Companion.objects.create(team=of.team, person=someone(world), role="coach", since=member.starts_on)
    bulletin = Bulletin.objects.filter(team=of.team).order_by("week")[0]
    again(bulletin, team=team)
    again(bulletin, week=bulletin.week - timedelta(weeks=1))
    DirectoryEntry.objects.create(
        promotion=world.past,
        name=f"Ancienne {next(_numbers)}",
        trade="Design",
        project_title="Un défi",
        consented_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=700),
    )


def _more_of_the_rest(world: World) -> None:
    number = next(_numbers)
    for message in Message.objects.filter(promotion_id=world.here.pk).order_by("pk")[:2]:
        again(message, key=f"foule:{uuid.uuid4()}")
    again(Message.objects.filter(to_person=world.alice).order_by("pk")[0], key=f"foule:{uuid.uuid4()}")
    for entry in Entry.objects.filter(record_id=world.of.read_project.pk).order_by("pk")[:2]:
        again(entry)
    promotion = again(world.past, code=f"passee-{number}", name=f"Passée {number}", number=number % 30_000)
    Promotion.objects.filter(pk=promotion.pk).update(number=number)
    for row in (world.past, promotion):
        Figure.objects.create(promotion=row, code=f"chiffre-{number}", label="défis", value="15")
        _page_again(world.of.past_page, promotion=row)
