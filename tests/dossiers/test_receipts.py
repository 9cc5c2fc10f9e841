"""The receipt of a deposit says the same in both calls: who, when to the second, the digests, the dossier."""

import pytest
from django.template.loader import render_to_string

from candidates.views.desk import DESK as APPLICATIONS
from eig.documents.choices import PrintStatus
from eig.documents.models import Print
from eig.documents.printing import print_next
from eig.dossiers.documents import build_receipt
from eig.french import dates
from eig.mail.models import Message
from projects.views.desk import DESK as PROJECTS
from tests.factories import candidates as apply
from tests.factories import projects as make
from tests.people import ASKS_ITSELF, signed_in

CALLS = {"projects": (PROJECTS, make.submitted), "candidates": (APPLICATIONS, apply.submitted)}


@pytest.fixture(params=CALLS)
def handed_in(request, promotion):
    desk, submitted = CALLS[request.param]
    dossier = submitted(promotion)
    return desk, dossier, desk.corrections.people(dossier)[0]


def page_of(desk, dossier, who) -> str:
    response = signed_in(who).get(desk.door(desk.proof, dossier.code))
    assert response.status_code == 200
    return response.content.decode()


def test_the_print_says_who_when_and_every_digest(handed_in):
    desk, dossier, _ = handed_in
    order = build_receipt(desk.receipt, dossier.pk, lambda percent: None)
    said = render_to_string(order.template, dict(order.context))
    assert order.filename == f"recepisse-{dossier.number}.pdf"
    for words in (
        dossier.number,
        desk.receipt.title(dossier),
        desk.receipt.call,
        str(desk.receipt.person(dossier)),
        dates.deadline(dossier.submitted_at, seconds=True),
        dossier.content_sha256,
        "L’empreinte permet de vérifier",
    ):
        assert words in said, words
    for file in order.context["files"]:
        assert file["name"] in said
        assert file["digest"] in said
    assert len(order.context["files"]) == (dossier.attachments.count() if desk is APPLICATIONS else 0)


def test_the_page_says_what_comes_next_and_where_the_print_is(handed_in):
    desk, dossier, who = handed_in
    page = page_of(desk, dossier, who)
    assert "en préparation (0" in page
    assert "rechargez la page" in page
    for words in (dossier.number, dossier.content_sha256, "Et après", who.email, desk.page_of(dossier)):
        assert words in page, words
    while print_next():
        pass
    door = desk.door("receipt_download", dossier.code)
    assert door in page_of(desk, dossier, who)
    part = signed_in(who).get(desk.door(desk.proof, dossier.code), headers=ASKS_ITSELF).text
    assert part.lstrip().startswith('<div id="impression"')
    assert "hx-get" not in part
    assert door in part
    fetched = signed_in(who).get(door)
    assert f"recepisse-{dossier.number}.pdf" in fetched.headers["Content-Disposition"]
    assert Print.objects.get(kind=desk.receipt.code).subject_id == dossier.pk


def test_a_print_that_failed_is_said_and_waited_for_no_more(handed_in):
    desk, dossier, who = handed_in
    Print.objects.update(status=PrintStatus.FAILED, error="Erreur imprévue.")
    page = page_of(desk, dossier, who)
    assert "La mise en page a échoué" in page
    assert "votre dépôt est bien enregistré" in page.lower()
    assert "en préparation (" not in page


def test_the_mail_tells_the_same_instant(handed_in):
    _, dossier, who = handed_in
    told = Message.objects.get(to_person=who, kind__endswith="_received").body
    assert dates.deadline(dossier.submitted_at, seconds=True) in told


def test_who_was_not_written_to_is_not_told_so(promotion, diane):
    project = make.submitted(promotion)
    assert "par courriel" not in page_of(PROJECTS, project, diane)


def test_a_draft_has_no_receipt(promotion):
    for desk, draft in ((PROJECTS, make.draft), (APPLICATIONS, apply.ready)):
        dossier = draft(promotion)
        who = desk.corrections.people(dossier)[0]
        for name in (desk.proof, "receipt_download"):
            assert signed_in(who).get(desk.door(name, dossier.code)).status_code == 404
