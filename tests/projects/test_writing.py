"""Start a project, write it with several hands, hand it in once, withdraw it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from eig.accounts.models import Invitation
from eig.documents.models import Print
from eig.dossiers.actions import DossierClosed, NotReady, StaleVersion
from eig.dossiers.choices import FormKind
from eig.dossiers.models import Question
from eig.dossiers.queries import form_of
from eig.lifecycle import IllegalMove
from eig.mail.models import Message
from eig.promotions.gate import PhaseNotOpen
from projects.actions import (
    AlreadyEditor,
    DraftExists,
    LastLead,
    add_editor,
    invite_editor,
    remove_editor,
    save_project_section,
    start_project,
    submit_project,
    withdraw_project,
)
from projects.choices import AdministrationKind, LinkRole, Status
from projects.models import Administration, Project
from projects.queries import invitations_of
from tests.factories import projects as make
from tests.people import phase


def save(project, code, *, by, version=None, **answers):
    section = form_of(project.promotion, FormKind.PROJECT).section(code)
    return save_project_section(
        project,
        section=section,
        answers=answers,
        version=version or project.version,
        by=by,
        at=timezone.now(),
    )


def test_a_draft_is_taken_up_again_instead_of_doubled(promotion, badis):
    first = start_project(promotion, title="Rivage", by=badis, at=timezone.now())
    with pytest.raises(DraftExists) as refused:
        start_project(promotion, title="  rivage ", by=badis, at=timezone.now())
    assert refused.value.project == first
    assert Project.objects.count() == 1


def test_two_people_may_start_the_same_title(promotion, badis, emile):
    start_project(promotion, title="Rivage", by=badis, at=timezone.now())
    start_project(promotion, title="Rivage", by=emile, at=timezone.now())
    assert Project.objects.count() == 2


def test_nothing_starts_before_the_call_nor_after(promotion, badis):
    now = timezone.now()
    phase(promotion, "projects", opens=now + timedelta(days=1), closes=now + timedelta(days=2))
    with pytest.raises(PhaseNotOpen, match="ouvre le"):
        start_project(promotion, title="Rivage", by=badis, at=now)
    phase(promotion, "projects", opens=now - timedelta(days=2), closes=now - timedelta(days=1))
    with pytest.raises(PhaseNotOpen, match="clos depuis"):
        start_project(promotion, title="Rivage", by=badis, at=now)


def test_the_draft_takes_the_name_given_in_the_dossier(promotion, badis):
    project = make.draft(promotion, lead=badis, complete=False)
    save(project, "project", by=badis, project_name="Un autre  nom")
    project.refresh_from_db()
    assert project.title == "Un autre nom"


def test_a_draft_does_not_take_the_name_of_another(promotion, badis):
    make.draft(promotion, lead=badis, title="Rivage", complete=False)
    project = make.draft(promotion, lead=badis, title="Dune", complete=False)
    with pytest.raises(DraftExists):
        save(project, "project", by=badis, project_name="Rivage")
    project.refresh_from_db()
    assert project.title == "Dune"
    assert project.answers["project_name"] == "Dune"


def test_of_two_writers_the_second_never_overwrites_the_first(promotion, badis, emile):
    project = make.draft(promotion, lead=badis, complete=False)
    add_editor(project, person=emile, at=timezone.now())
    seen = project.version
    save(project, "context", by=badis, mission="Le texte de Badis", vision="")
    with pytest.raises(StaleVersion) as refused:
        save(project, "context", by=emile, version=seen, mission="Le texte d’Émile", vision="")
    assert [(item.mine, item.theirs) for item in refused.value.conflicts] == [
        ("Le texte d’Émile", "Le texte de Badis")
    ]


def test_a_complete_dossier_is_handed_in_with_a_receipt(promotion, badis):
    project = make.submitted(promotion, lead=badis, title="Carte des rivages")
    assert project.status == Status.SUBMITTED
    assert project.number == "EIG-6-P-0001"
    assert len(project.content_sha256) == 64
    assert project.submitted_at is not None
    received = Message.objects.get(kind="projects/project_received")
    assert received.to_person == badis
    assert project.number in received.body
    assert project.content_sha256 in received.body
    assert Print.objects.get(kind="projects.receipt").subject_id == project.pk


def test_each_contact_of_the_dossier_is_told_once(promotion, badis):
    make.submitted(promotion, lead=badis, hr_contact=make.contact("Sophie"))
    told = Message.objects.filter(kind="projects/project_contact_named").values_list("to_email", flat=True)
    assert sorted(told) == ["fanny@contact.example", "lucas@contact.example", "sophie@contact.example"]


def test_handing_in_makes_positions_and_administrations(promotion, badis):
    project = make.submitted(promotion, lead=badis)
    rows = [(item.trade.code, item.expertise, item.seats) for item in project.positions.order_by("rank")]
    assert rows == [("developpement", "Cartes en ligne", 1), ("design", "Design de service", 1)]
    assert project.administration.name == "Office du littoral"
    assert project.administration.kind == AdministrationKind.OPERATOR
    links = {(link.role, link.administration.name) for link in project.links.all()}
    assert links == {
        (LinkRole.OPERATOR, "Office du littoral"),
        (LinkRole.BENEFICIARY, "Ministère de la Mer"),
        (LinkRole.MINISTRY, "Ministère de la Mer"),
        (LinkRole.PARTNER, "Parc naturel des dunes"),
    }


def test_an_administration_is_known_by_its_siret_then_by_its_name(promotion):
    make.submitted(promotion)
    make.submitted(promotion, operator={"name": "O. du littoral", "siret": make.SIRETS[0]})
    make.submitted(promotion, partners=[{"name": "parc naturel des DUNES", "siret": make.SIRETS[2]}])
    assert Administration.objects.filter(siret=make.SIRETS[0]).count() == 1
    assert Administration.objects.get(name="Parc naturel des dunes").siret == make.SIRETS[2]
    assert Administration.objects.count() == 3


def test_what_is_missing_is_said(promotion, badis):
    project = make.draft(promotion, lead=badis, complete=False)
    with pytest.raises(NotReady, match="Il reste à remplir"):
        submit_project(project, by=badis)
    project.refresh_from_db()
    assert project.status == Status.DRAFT
    assert not Message.objects.exists()


def test_an_answer_that_excludes_stops_the_deposit_as_the_page_says(promotion, badis):
    """The page of a draft says that it may not be handed in: the deed says the same."""
    asked = Question.objects.get(
        section__form__promotion=promotion, section__form__kind=FormKind.PROJECT, code="operator_kind"
    )
    asked.options |= {"eligible": "health", "ineligible_reason": "Cet appel s’adresse aux hôpitaux."}
    asked.save()
    project = make.draft(promotion, lead=badis)
    with pytest.raises(NotReady, match="s’adresse aux hôpitaux"):
        submit_project(project, by=badis)
    project.refresh_from_db()
    assert project.status == Status.DRAFT


@pytest.mark.parametrize("seats", [("1",), ("3", "3")])
def test_the_seats_make_a_team(promotion, badis, seats):
    row = {"trade": "design", "expertise": "Design", "must_have": "Ateliers"}
    rows = [{**row, "seats": seat} for seat in seats]
    project = make.draft(promotion, lead=badis, positions=rows)
    with pytest.raises(NotReady):
        submit_project(project, by=badis)


def test_the_team_size_is_the_promotion_s(promotion, badis):
    promotion.team_max = 2
    promotion.save()
    row = {"trade": "design", "expertise": "Design", "must_have": "Ateliers", "nice_to_have": ""}
    project = make.draft(promotion, lead=badis, positions=[{**row, "seats": "2"}, {**row, "seats": "1"}])
    with pytest.raises(NotReady, match="3 places"):
        submit_project(project, by=badis)


def test_a_late_dossier_is_refused_with_the_official_time(promotion, badis):
    project = make.draft(promotion, lead=badis)
    phase(promotion, "projects", closes=timezone.now() - timedelta(seconds=1))
    with pytest.raises(PhaseNotOpen, match="heure\u00a0de\u00a0Paris"):
        submit_project(project, by=badis)
    project.refresh_from_db()
    assert project.number is None


def test_handing_in_twice_gives_the_same_receipt(promotion, badis):
    project = make.submitted(promotion, lead=badis)
    phase(promotion, "projects", closes=timezone.now() - timedelta(seconds=1))
    again = submit_project(Project.objects.get(pk=project.pk), by=badis)
    assert (again.number, again.submitted_at, again.content_sha256) == (
        project.number,
        project.submitted_at,
        project.content_sha256,
    )
    assert Message.objects.filter(kind="projects/project_received").count() == 1
    assert project.positions.count() == 2


def test_a_dossier_handed_in_no_longer_changes(promotion, badis):
    project = make.submitted(promotion, lead=badis)
    with pytest.raises(DossierClosed):
        save(project, "context", by=badis, mission="Trop tard", vision="")


def test_a_project_is_withdrawn_and_its_people_told(promotion, badis):
    project = make.submitted(promotion, lead=badis)
    withdraw_project(project, by=badis, at=timezone.now())
    assert project.status == Status.WITHDRAWN
    assert Message.objects.get(kind="projects/project_withdrawn").to_person == badis
    with pytest.raises(IllegalMove):
        withdraw_project(project, by=badis, at=timezone.now())


def test_a_forgotten_draft_is_closed_in_silence(promotion, badis):
    project = make.draft(promotion, lead=badis, complete=False)
    withdraw_project(project, by=badis, at=timezone.now())
    assert not Message.objects.exists()
    start_project(promotion, title=project.title, by=badis, at=timezone.now())


def test_an_invitation_is_a_personal_link_by_mail(promotion, badis):
    project = make.draft(promotion, lead=badis, complete=False)
    invite_editor(project, email="Nora@Ministere.example", by=badis, at=timezone.now())
    mail = Message.objects.get(kind="projects/editor_invited")
    assert mail.to_email == "nora@ministere.example"
    assert "/invitation/" in mail.body
    invitation = Invitation.objects.get()
    assert invitation.subject == str(project.code)
    assert invitation.token_hash not in mail.body


def test_a_second_invitation_replaces_the_first(promotion, badis):
    project = make.draft(promotion, lead=badis, complete=False)
    for _ in range(2):
        invite_editor(project, email="nora@ministere.example", by=badis, at=timezone.now())
    assert invitations_of(project, at=timezone.now()).count() == 1


def test_who_writes_already_is_not_invited(promotion, badis):
    project = make.draft(promotion, lead=badis, complete=False)
    with pytest.raises(AlreadyEditor):
        invite_editor(project, email=badis.email, by=badis, at=timezone.now())


def test_the_lead_stays_the_others_may_leave(promotion, badis, emile):
    project = make.draft(promotion, lead=badis, complete=False)
    add_editor(project, person=emile, at=timezone.now())
    add_editor(project, person=emile, at=timezone.now())
    assert project.leads.count() == 2
    remove_editor(project, person=emile, by=badis, at=timezone.now())
    with pytest.raises(LastLead):
        remove_editor(project, person=badis, by=badis, at=timezone.now())
    assert [lead.person for lead in project.leads.all()] == [badis]
