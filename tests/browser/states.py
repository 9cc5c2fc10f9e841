"""Pages worth a look in another state than the one the charter opens."""

from collections.abc import Iterator

from django.urls import reverse

from eig.accounts.models import User
from eig.mail.models import Message
from tests.repository.world import World

Page = tuple[str, User | None, str]


def more_pages(world: World, actor: str) -> Iterator[Page]:
    makers = {
        "anonymous": anonymous,
        "owner": owners,
        "reader": readers,
        "staff": staff,
        "demonstration": demonstration,
    }
    for name, who, route, arguments in makers[actor](world):
        yield name, who, reverse(route, args=arguments) if route else arguments[0]


Told = Iterator[tuple[str, User | None, str, list[object]]]


def anonymous(world: World) -> Told:
    yield "not_found", None, "", ["/nulle-part/"]
    yield "filtered list", None, "", [reverse("projects:page_list") + "?q=rien-de-tel"]


def owners(world: World) -> Told:
    of = world.of
    yield "new account", world.emile, "journey:dashboard", []
    yield "submitted", world.damien, "candidates:application_detail", [of.submitted_application.code]
    yield "shortlisted", world.alice, "candidates:application_detail", [of.application.code]
    for section in ("eligibility", "experience", "mobility", "documents", "attestations"):
        yield (
            f"section {section}",
            world.ariane,
            "candidates:application_edit",
            [of.draft_application.code, section],
        )
    yield "certified", world.amelie, "ranking:ranking_edit", [of.heard_application.code]
    yield "auditions", world.amelie, "interviews:audition_mine", []
    placed = of.accepted_offer.application
    yield "accepted", placed.candidate, "teams:offer_detail", [of.accepted_offer.code]
    yield "placed", placed.candidate, "teams:outcome_detail", [placed.code]
    yield "member's space", of.member.person, "journey:dashboard", []
    for section in ("contacts", "project", "team", "attestations"):
        yield f"section {section}", world.badis, "projects:project_edit", [of.draft_project.code, section]
    for state in ("submitted", "laureate", "published"):
        project = getattr(of, f"{state}_project")
        yield f"{state} project", world.badis, "projects:project_detail", [project.code]


def readers(world: World) -> Told:
    of, claire = world.of, world.claire
    yield "reader's space", claire, "journey:dashboard", []
    yield "projects to read", claire, "projects:review_list", []
    for app, name in (("projects", "colleague_review"), ("candidates", "colleague_application_review")):
        review = getattr(of, name)
        yield f"signed, {app}", review.reader, f"{app}:review_edit", [review.sheet.code]
    yield "closed project", claire, "projects:review_detail", [of.signed_review.sheet.code]
    yield "closed application", claire, "candidates:review_detail", [of.signed_application_review.sheet.code]
    yield "heard project, its jury's grid", claire, "projects:hearing_edit", [of.heard.code]
    yield "conflict, project", claire, "projects:conflict_declare", [of.review_to_clear.sheet.code]
    yield (
        "conflict, application",
        claire,
        "candidates:review_edit",
        [of.application_review_to_clear.sheet.code],
    )
    yield "day of the jury", claire, "interviews:jury_day", []
    yield "signed card", claire, "interviews:scorecard_edit", [of.signed_card.sheet.code]


def staff(world: World) -> Told:
    of, diane, here, soon, there = world.of, world.diane, world.here.code, world.soon.code, world.there.code
    yield "staff's space", diane, "journey:dashboard", []
    yield "cockpit, cohort", diane, "journey:staff_cockpit", [there]
    for state in ("submitted", "judged", "published"):
        project = getattr(of, f"{state}_project")
        yield f"{state} project", diane, "projects:staff_project_detail", [here, project.code]
    yield "validated wave", diane, "projects:staff_wave_detail", [here, of.validated_project_wave.code]
    for state in ("ineligible", "judged", "heard"):
        application = getattr(of, f"{state}_application")
        yield f"{state} application", diane, "candidates:staff_application_detail", [here, application.code]
    yield "empty panel", diane, "interviews:panel_show", [here, of.empty_panel.code]
    yield "heard", diane, "interviews:audition_show", [here, of.heard_audition.code]
    yield "allocation explained", diane, "interviews:allocation_explain", [here, of.heard_application.code]
    yield "week", diane, "interviews:week_edit", [here]
    yield "answers of jurors", diane, "interviews:availability_list", [here]
    yield "waiting timetable", diane, "interviews:plan_show", [here, of.plan.code]
    yield "board", diane, "interviews:timetable_show", [here]
    yield "answer of a juror", None, "interviews:jury_answer", [of.jury_token]
    yield "draft scenario", diane, "teams:scenario_detail", [soon, of.draft_scenario.code]
    yield "signed scenario", diane, "teams:scenario_detail", [soon, of.signed_scenario.code]
    yield "published scenario", diane, "teams:scenario_detail", [there, of.published_scenario.code]
    yield "team", diane, "cohorts:team_detail", [of.team.code]
    yield "bulletins", diane, "cohorts:bulletin_list", [there]


def demonstration(world: World) -> Told:
    yield "every component", None, "design:gallery", []
    yield "sign in", None, "account_login", []
    yield "the cast", None, "demo:demo_cast", []
    yield "mails", None, "demo:demo_mail_list", []
    letter = Message.objects.order_by("pk").first()
    assert letter is not None
    yield "mail", None, "demo:demo_mail_detail", [letter.code]
