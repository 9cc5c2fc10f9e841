"""Visas: a personal link, one section, one answer; a changed section needs its visa again."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eig.accounts.models import User
from eig.dossiers.actions import NotReady
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.french import deadline
from eig.journal.models import Entry
from eig.mail.models import Message
from eig.promotions.models import Promotion
from journey.actions.calendar import extend_phase
from projects.actions import (
    SectionChanged,
    VisaNotPossible,
    ask_change,
    ask_visa,
    give_visa,
    remind_visas,
    revoke_visa,
    save_project_section,
    submit_project,
)
from projects.choices import Status, VisaStatus
from projects.models import Project, Visa
from projects.rules.visa import section_digest
from tests.factories import projects as make
from tests.people import signed_in

KINDS = ("sponsor", "hr", "it", "budget")
CANARY = "canariprojet"


@pytest.fixture
def project(promotion: Promotion, badis: User) -> Project:
    return make.draft(promotion, lead=badis, title="Rivage", visas=False, problem=f"Un secret : {CANARY}")


def ask(project: Project, badis: User, kind: str = "sponsor", **changes: object) -> Visa:
    given = {"name": "Sophie Sponsor", "email": "sophie@mer.example", "at": timezone.now(), **changes}
    return ask_visa(project, kind=kind, by=badis, **given)


def link(to: str = "sophie@mer.example", kind: str = "visa_asked") -> str:
    """The address in the latest mail."""
    letter = Message.objects.filter(kind=f"projects/{kind}", to_email=to).order_by("-pk")[0]
    return re.search(r"(/visas/\S+/)", letter.body)[1]


def digest(visa: Visa) -> str:
    project = Project.objects.get(pk=visa.project_id)
    return section_digest(form_of(project.promotion, FormKind.PROJECT).section(visa.section), project.answers)


def give_all(project: Project, badis: User) -> None:
    for kind in KINDS:
        visa = ask(project, badis, kind)
        give_visa(visa, digest=digest(visa))


def rewrite(project: Project, section: str, *, by: User, **answers: str) -> None:
    project.refresh_from_db()
    found = form_of(project.promotion, FormKind.PROJECT).section(section)
    save_project_section(
        project, section=found, answers=answers, version=project.version, by=by, at=timezone.now()
    )


def test_handing_in_waits_for_the_four_visas(project: Project, badis: User) -> None:
    with pytest.raises(NotReady, match=r"Il manque les visas.: Sponsor, Ressources humaines, Système"):
        submit_project(project, by=badis)
    give_all(project, badis)
    assert submit_project(project, by=badis).status == Status.SUBMITTED


def test_a_promotion_that_asks_no_visa_waits_for_none(project: Project, badis: User) -> None:
    Promotion.objects.update(project_visas=[])
    project = Project.objects.get()
    assert submit_project(project, by=badis).status == Status.SUBMITTED


def test_a_section_changed_after_its_visa_needs_it_again_and_only_that_one(
    project: Project, badis: User
) -> None:
    give_all(project, badis)
    rewrite(project, "motivation", by=badis, motivation="Tout autre chose, et assez long pour être lu.")
    rewrite(project, "context", by=badis, mission="Une mission que personne ne vise.")
    with pytest.raises(NotReady, match=r"La rubrique a changé depuis le visa.: Sponsor"):
        submit_project(project, by=badis)
    assert (
        "redemandez-le"
        in signed_in(badis).get(reverse("projects:visa_list", args=[project.code])).content.decode()
    )
    visa = ask(project, badis)
    give_visa(visa, digest=digest(visa))
    assert submit_project(project, by=badis).status == Status.SUBMITTED


def test_a_text_put_back_letter_for_letter_keeps_its_visa(project: Project, badis: User) -> None:
    give_all(project, badis)
    before = project.answers["motivation"]
    rewrite(project, "motivation", by=badis, motivation="Un essai.")
    rewrite(project, "motivation", by=badis, motivation=before)
    assert submit_project(project, by=badis).status == Status.SUBMITTED


def test_a_visa_is_asked_on_a_complete_section(promotion: Promotion, badis: User) -> None:
    empty = make.draft(promotion, lead=badis, complete=False)
    with pytest.raises(VisaNotPossible, match="Complétez d’abord"):
        ask(empty, badis)


def test_the_giver_sees_their_section_and_nothing_else(project: Project, badis: User) -> None:
    ask(project, badis, "budget")
    answer = Client().get(link())
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in ("Rivage", "Office du littoral", "Badis Benali", "217"):
        assert words in page
    # Nothing of the other sections.
    assert CANARY not in page
    assert make.ENOUGH not in page
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_looking_spends_nothing_and_the_first_answer_is_the_only_one(project: Project, badis: User) -> None:
    visa = ask(project, badis)
    browser, where = Client(), link()
    browser.get(where)
    browser.post(where, {"answer": "give", "digest": digest(visa)})
    visa.refresh_from_db()
    assert visa.status == VisaStatus.GIVEN
    browser.post(where, {"answer": "change", "comment": "Finalement non"})
    visa.refresh_from_db()
    assert (visa.status, visa.comment) == (VisaStatus.GIVEN, "")
    assert "Vous avez donné votre visa" in browser.get(where).content.decode()
    told = Message.objects.get(kind="projects/visa_given")
    assert told.to_email == badis.email


def test_a_change_is_asked_in_words_that_the_writers_read(project: Project, badis: User) -> None:
    ask(project, badis)
    browser, where = Client(), link()
    assert browser.post(where, {"answer": "change", "comment": ""}).status_code == 422
    browser.post(where, {"answer": "change", "comment": "Dites combien d’agents sont concernés."})
    assert "combien d’agents" in Message.objects.get(kind="projects/visa_change_asked").body
    page = signed_in(badis).get(reverse("projects:visa_list", args=[project.code])).content.decode()
    assert "combien d’agents" in page
    with pytest.raises(NotReady):
        submit_project(project, by=badis)


def test_what_changed_while_it_was_read_is_read_again(project: Project, badis: User) -> None:
    visa = ask(project, badis)
    read = digest(visa)
    rewrite(project, "motivation", by=badis, motivation="Autre chose.")
    with pytest.raises(SectionChanged):
        give_visa(visa, digest=read)
    browser, where = Client(), link()
    page = browser.post(where, {"answer": "give", "digest": read}, follow=True).content.decode()
    assert "a changé pendant votre lecture" in page
    assert "Autre chose." in page


@pytest.mark.parametrize("guess", ["x", "a" * 43, "0" * 64])
def test_a_guess_opens_nothing(project: Project, badis: User, guess: str) -> None:
    visa = ask(project, badis)
    for token in (guess, visa.token_hash, str(visa.code), visa.code.hex):
        assert Client().get(reverse("projects:visa_answer", args=[token])).status_code == 404
        assert Client().post(reverse("projects:visa_answer", args=[token])).status_code == 404


def test_only_the_hash_of_the_link_is_kept(project: Project, badis: User) -> None:
    visa = ask(project, badis)
    token = link().split("/")[2]
    assert len(token) >= 43
    assert token not in str(Visa.objects.filter(pk=visa.pk).values().get())
    assert token not in str(list(Entry.objects.values_list("data", flat=True)))


def test_a_new_link_closes_the_former_one(project: Project, badis: User) -> None:
    ask(project, badis)
    former = link()
    ask(project, badis, email="autre@mer.example")
    assert Client().get(former).status_code == 404
    assert Client().post(former, {"answer": "give"}).status_code == 404
    assert Client().get(link("autre@mer.example")).status_code == 200


def test_an_expired_link_opens_nothing_and_gives_nothing(project: Project, badis: User) -> None:
    visa = ask(project, badis)
    Visa.objects.update(expires_at=timezone.now())
    assert Client().get(link()).status_code == 404
    with pytest.raises(VisaNotPossible, match="expiré"):
        give_visa(visa, digest=digest(visa))
    assert (
        "Lien expiré"
        in signed_in(badis).get(reverse("projects:visa_list", args=[project.code])).content.decode()
    )


def test_a_link_lives_a_fortnight_at_most_and_never_past_the_call(project: Project, badis: User) -> None:
    now = timezone.now()
    call = project.promotion.phases.filter(kind="projects")
    call.update(closes_at=now + timedelta(days=30))
    assert ask(project, badis, at=now).expires_at == now + timedelta(days=14)
    call.update(closes_at=now + timedelta(days=3))
    visa = ask(project, badis, at=now)
    assert visa.expires_at == now + timedelta(days=3)
    letter = Message.objects.filter(kind="projects/visa_asked").order_by("-pk")[0]
    assert letter.subject == "Sponsor : votre visa est demandé pour Rivage"
    assert letter.body.count(deadline(visa.expires_at)) == 2
    extend_phase(call.get(), closes_at=now + timedelta(days=20), reason="Jours fériés", by=badis, at=now)
    visa.refresh_from_db()
    assert visa.expires_at == now + timedelta(days=14)


def test_nothing_is_asked_once_the_call_is_closed(project: Project, badis: User) -> None:
    now = timezone.now()
    project.promotion.phases.filter(kind="projects").update(closes_at=now)
    with pytest.raises(VisaNotPossible, match="L’appel à projets est clos"):
        ask(project, badis, at=now)


def test_a_revoked_link_opens_nothing_and_the_person_is_told(project: Project, badis: User) -> None:
    visa = ask(project, badis)
    browser = signed_in(badis)
    browser.post(reverse("projects:visa_revoke", args=[project.code, visa.code]))
    assert Client().get(link()).status_code == 404
    assert Message.objects.filter(kind="projects/visa_revoked", to_email=visa.email).exists()
    with pytest.raises(VisaNotPossible):
        ask_change(visa, comment="Trop tard")


def test_once_handed_in_links_are_closed(project: Project, badis: User) -> None:
    give_all(project, badis)
    submit_project(project, by=badis)
    visa = Visa.objects.order_by("pk")[0]
    with pytest.raises(VisaNotPossible, match="n’est plus en brouillon"):
        revoke_visa(visa, by=badis, at=timezone.now())


def test_the_visa_of_another_project_is_not_mine(project: Project, badis: User, emile: User) -> None:
    other = make.draft(project.promotion, lead=emile, title="Ailleurs", visas=False)
    theirs = ask(other, emile, email="chef@ailleurs.example")
    browser = signed_in(badis)
    assert browser.get(reverse("projects:visa_list", args=[other.code])).status_code == 404
    assert browser.post(reverse("projects:visa_ask", args=[other.code]), {"kind": "hr"}).status_code == 404
    # Neither through one's own project.
    assert browser.post(reverse("projects:visa_revoke", args=[project.code, theirs.code])).status_code == 404
    theirs.refresh_from_db()
    assert theirs.status == VisaStatus.ASKED


def test_a_silent_giver_is_reminded_once_with_a_new_link(project: Project, badis: User) -> None:
    asked = timezone.now() - timedelta(days=5)
    ask(project, badis, at=asked)
    former = link()
    for _ in range(2):
        remind_visas(project.promotion, at=timezone.now())
    assert Message.objects.filter(kind="projects/visa_reminded").count() == 1
    assert Client().get(former).status_code == 404
    assert Client().get(link(kind="visa_reminded")).status_code == 200


def test_visas_are_journalled(project: Project, badis: User) -> None:
    visa = ask(project, badis)
    give_visa(visa, digest=digest(visa))
    verbs = Entry.objects.filter(record_type="projects.visa").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["ask_visa", "move"]


def test_the_list_asks_a_constant_number_of_queries(
    project: Project, badis: User, django_assert_max_num_queries
) -> None:
    give_all(project, badis)
    browser = signed_in(badis)
    # The first page of a session looks for what its limits are.
    browser.get(reverse("projects:project_list"))
    with django_assert_max_num_queries(16):
        assert browser.get(reverse("projects:visa_list", args=[project.code])).status_code == 200


def test_the_team_reads_who_gave_each_visa_and_when(project: Project, badis: User, diane: User) -> None:
    give_all(project, badis)
    submit_project(project, by=badis)
    where = reverse("projects:staff_project_detail", args=[project.promotion.code, project.code])
    page = signed_in(diane).get(where).content.decode()
    assert page.count(">Donné<") == len(KINDS)
    assert "Sophie Sponsor" in page
