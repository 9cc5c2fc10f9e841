"""The doors of the auditions: who enters, what each sees, bad input, number of queries."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from candidates.models import Application, Attachment
from eig.accounts.models import User
from eig.documents.choices import FileStatus
from eig.documents.files import keep_bytes
from eig.documents.models import Document
from eig.evaluation.choices import SheetStatus
from eig.evaluation.models import Recusal
from eig.mail.models import Message
from eig.promotions.models import Promotion
from matching.interviews import actions
from matching.interviews.choices import AuditionStatus
from matching.interviews.models import Audition, Juror, Panel, Scorecard
from projects.models import Project
from tests.design.pages import parse, text_of
from tests.factories.interviews import card, free_slot, juror, marks, morning, panel, placed, planned, signed
from tests.factories.ranking import published_project, ranking, shortlisted
from tests.people import signed_in


@pytest.fixture
def project(promotion: Promotion) -> Project:
    return published_project(promotion, "Lire les cartes")


@pytest.fixture
def member(promotion: Promotion, claire: User, diane: User) -> Juror:
    return juror(promotion, diane, claire)


@pytest.fixture
def table(promotion: Promotion, member: Juror, diane: User) -> Panel:
    return panel(promotion, diane, [member, juror(promotion, diane)], starts=morning(-1))


@pytest.fixture
def application(promotion: Promotion, alice: User, project: Project) -> Application:
    row = shortlisted(promotion, alice)
    row.answers = {
        "motivation": "Servir la mer.",
        "phone": "06 00 00 00 00",
        "audition_needs": "Un interprète",
        "links": "https://alice.example",
    }
    row.save()
    return row


@pytest.fixture
def audition(application: Application, project: Project, table: Panel, diane: User) -> Audition:
    others = [published_project(project.promotion, title) for title in ("Rang un", "Rang deux")]
    ranking(application, [*others, project], certified=True)
    return placed(application, project, diane, table, told=True)


def staff_door(name: str, promotion: Promotion, *more: object) -> str:
    return reverse(f"interviews:{name}", args=[promotion.code, *more])


def my_card(audition: Audition, member: Juror) -> str:
    return reverse("interviews:scorecard_edit", args=[card(audition, member).sheet.code])


# --- The candidate -----------------------------------------------------------------------------------


def test_the_candidate_sees_when_where_and_who(audition: Audition, alice: User, claire: User) -> None:
    browser = signed_in(alice)
    assert "Lire les cartes" in browser.get(reverse("interviews:audition_mine")).content.decode()
    page = browser.get(reverse("interviews:audition_detail", args=[audition.code])).content.decode()
    assert "Claire Colin" in page
    assert "https://visio.exemple.example/salle" in page


def test_nothing_shows_before_the_announcement(
    application: Application, project: Project, table: Panel, alice: User, diane: User
) -> None:
    audition = placed(application, project, diane, table)
    browser = signed_in(alice)
    assert "Aucune audition" in browser.get(reverse("interviews:audition_mine")).content.decode()
    for name in ("audition_detail", "audition_download"):
        assert browser.get(reverse(f"interviews:{name}", args=[audition.code])).status_code == 404


def test_needs_reach_staff_and_not_the_jury(
    audition: Audition, promotion: Promotion, alice: User, member: Juror, claire: User, diane: User
) -> None:
    where = reverse("interviews:audition_detail", args=[audition.code])
    signed_in(alice).post(where, {"needs": "Un tiers-temps"})
    page = signed_in(diane).get(staff_door("audition_show", promotion, audition.code)).content.decode()
    assert "Un tiers-temps" in page
    assert "Un interprète" in page
    page = signed_in(claire).get(my_card(audition, member)).content.decode()
    assert "tiers-temps" not in page
    assert "interprète" not in page


def test_needs_too_long_are_refused_with_the_text_kept(audition: Audition, alice: User) -> None:
    where = reverse("interviews:audition_detail", args=[audition.code])
    page = signed_in(alice).post(where, {"needs": "x" * 1001}).content.decode()
    assert "x" * 1001 in page
    audition.refresh_from_db()
    assert audition.needs == ""


def test_the_calendar_file_keeps_its_uid_when_the_audition_moves(
    audition: Audition, table: Panel, alice: User, diane: User
) -> None:
    browser = signed_in(alice)
    where = reverse("interviews:audition_download", args=[audition.code])
    first = browser.get(where)
    assert first.headers["Content-Type"].startswith("text/calendar")
    text = first.content.decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert f"UID:audition-{audition.code}@" in text
    assert "SEQUENCE:0" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    actions.place_audition(audition, slot=free_slot(table, 2), by=diane, at=timezone.now())
    moved = browser.get(where).content.decode()
    assert f"UID:audition-{audition.code}@" in moved
    assert "SEQUENCE:1" in moved
    assert "Lire les cartes" in browser.get(reverse("interviews:calendar_download")).content.decode()


# --- The juror ---------------------------------------------------------------------------------------


def test_the_juror_reads_the_dossier_with_names_and_no_rank(
    audition: Audition, member: Juror, claire: User
) -> None:
    browser = signed_in(claire)
    assert "Alice Aubert" in browser.get(reverse("interviews:jury_day")).content.decode()
    page = browser.get(my_card(audition, member)).content.decode()
    assert "Servir la mer." in page
    assert "https://alice.example" in page
    assert "06 00 00 00 00" not in page
    for rank in ("Rang un", "Rang deux", "vœu n"):
        assert rank not in page


def test_the_juror_opens_the_cv_and_nobody_else_does(
    audition: Audition, application: Application, member: Juror, claire: User, emile: User
) -> None:
    document = keep_bytes(
        b"%PDF-1.7",
        name="cv.pdf",
        media_type="application/pdf",
        owner=application.candidate,
        at=timezone.now(),
    )
    Document.objects.filter(pk=document.pk).update(status=FileStatus.CLEAN, checked_at=timezone.now())
    Attachment.objects.create(
        application=application, question="cv", document=document, added_at=timezone.now()
    )
    code = card(audition, member).sheet.code
    where = reverse("interviews:file_download", args=[code, document.code])
    response = signed_in(claire).get(where)
    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    assert signed_in(emile).get(where).status_code == 404
    assert signed_in(application.candidate).get(where).status_code == 404
    unknown = reverse("interviews:file_download", args=[code, uuid.uuid4()])
    assert signed_in(claire).get(unknown).status_code == 404


def typed(promotion: Promotion, value: int = 4, **more: str) -> dict[str, object]:
    data = {f"mark_{code}": value for code in marks(promotion)}
    return {**data, "comment": "Très clair.", "verdict": "favourable", **more}


def test_each_change_is_kept_by_htmx(audition: Audition, member: Juror, claire: User) -> None:
    response = signed_in(claire).post(
        my_card(audition, member),
        {"mark_skills": "4", "text_skills": "Solide"},
        headers={"HX-Request": "true"},
    )
    assert "Enregistré à " in response.content.decode()
    row = card(audition, member)
    assert row.sheet.marks.get().appreciation == "Solide"


def test_what_saves_itself_is_told_why_it_is_not_kept(
    promotion: Promotion, audition: Audition, member: Juror, claire: User
) -> None:
    browser, here = signed_in(claire), my_card(audition, member)
    wrong = browser.post(here, {"mark_skills": "9"}, headers={"HX-Request": "true"})
    assert wrong.status_code == 422
    assert "tout n’est pas enregistré" in wrong.content.decode()
    browser.post(here, typed(promotion))
    browser.post(reverse("interviews:scorecard_sign", args=[card(audition, member).sheet.code]))
    late = browser.post(here, {"mark_skills": "1"}, headers={"HX-Request": "true"})
    assert late.status_code == 423
    page = late.content.decode()
    assert "<html" not in page
    assert "Copiez votre texte" in page
    assert card(audition, member).sheet.marks.get(criterion__code="skills").value == 4


def test_signing_asks_for_what_is_missing_and_keeps_the_rest(
    audition: Audition, member: Juror, claire: User
) -> None:
    browser = signed_in(claire)
    page = browser.post(my_card(audition, member), {"mark_skills": "4", "sign": "1"}).content.decode()
    assert "Le formulaire contient" in page
    assert "Donnez votre avis." in page
    assert card(audition, member).sheet.marks.count() == 1


def test_from_the_grid_to_the_signature(
    audition: Audition, promotion: Promotion, member: Juror, claire: User
) -> None:
    browser = signed_in(claire)
    where = my_card(audition, member)
    response = browser.post(where, typed(promotion, sign="1"))
    sign = response.headers["Location"]
    assert "Une fois signée" in browser.get(sign).content.decode()
    page = browser.post(sign, follow=True).content.decode()
    assert "Votre fiche est signée" in page
    assert card(audition, member).sheet.status == SheetStatus.SIGNED
    late = browser.post(where, typed(promotion, 0))
    assert late.status_code == 200
    assert set(card(audition, member).sheet.marks.values_list("value", flat=True)) == {4}
    assert browser.get(sign).status_code == 302


def test_the_cards_of_others_open_with_my_signature(
    audition: Audition, promotion: Promotion, member: Juror, claire: User
) -> None:
    other = Juror.objects.exclude(pk=member.pk).get()
    signed(audition, other, 5)
    browser = signed_in(claire)
    assert "Échange franc." not in browser.get(my_card(audition, member)).content.decode()
    signed(audition, member, 3)
    assert "Échange franc." in browser.get(my_card(audition, member)).content.decode()


def test_a_juror_does_not_open_the_card_of_another(audition: Audition, member: Juror, claire: User) -> None:
    other = Juror.objects.exclude(pk=member.pk).get()
    for name in ("scorecard_edit", "scorecard_sign", "scorecard_recuse"):
        where = reverse(f"interviews:{name}", args=[card(audition, other).sheet.code])
        assert signed_in(claire).get(where).status_code == 404


def test_stepping_aside_closes_the_dossier_at_once(audition: Audition, member: Juror, claire: User) -> None:
    browser = signed_in(claire)
    where = reverse("interviews:scorecard_recuse", args=[card(audition, member).sheet.code])
    assert "Indiquez en quelques mots" in browser.post(where, {"reason": ""}).content.decode()
    browser.post(where, {"reason": "Ancien collègue"})
    assert Recusal.objects.get().person == claire
    assert browser.get(my_card(audition, member)).status_code == 404


@pytest.mark.parametrize(
    "data", [{"mark_skills": "99"}, {"mark_skills": "a\x00"}, {"comment": "x" * 5000}, {}]
)
def test_bad_input_on_a_card_is_a_sentence(
    audition: Audition, member: Juror, claire: User, data: dict[str, str]
) -> None:
    response = signed_in(claire).post(my_card(audition, member), {**data, "sign": "1"})
    assert response.status_code in {200, 400}
    assert card(audition, member).sheet.status == SheetStatus.DRAFT


# --- The programme team ------------------------------------------------------------------------------

STAFF = [
    "audition_list",
    "audition_plan",
    "audition_add",
    "audition_place",
    "timetable_show",
    "juror_list",
    "juror_appoint",
    "panel_list",
    "panel_create",
    "standing_list",
    "deliberation_check",
]


@pytest.mark.parametrize("name", STAFF)
def test_the_back_office_is_for_the_programme_team(
    promotion: Promotion, audition: Audition, diane: User, alice: User, claire: User, name: str
) -> None:
    where = staff_door(name, promotion)
    assert signed_in(diane).get(where).status_code == 200
    assert Client().get(where).status_code == 302
    for who in (alice, claire):
        assert signed_in(who).get(where).status_code == 404


def test_staff_compose_a_panel(promotion: Promotion, diane: User) -> None:
    staff = signed_in(diane)
    staff.post(
        staff_door("juror_appoint", promotion),
        {"email": "rose@ministere.example", "first_name": "Rose", "last_name": "Roy", "kind": "agent"},
    )
    member = Juror.objects.get()
    assert Message.objects.filter(kind="interviews/juror_invited").count() == 1
    staff.post(
        staff_door("panel_create", promotion),
        {"name": "Jury A", "room": "Salle 1", "day": "2026-12-01", "starts": "09:00", "ends": "12:00"},
    )
    row = Panel.objects.get()
    assert timezone.localtime(row.during.lower).hour == 9
    staff.post(staff_door("seat_add", promotion, row.code), {"juror": member.code, "referent": "on"})
    staff.post(staff_door("slot_create", promotion, row.code), {"minutes": "30", "pause": "10"})
    page = staff.get(staff_door("panel_show", promotion, row.code)).content.decode()
    assert "Rose Roy" in page
    assert "9\u00a0h\u00a040 – 10\u00a0h\u00a010" in page
    staff.post(staff_door("slot_clear", promotion, row.code))
    staff.post(staff_door("seat_remove", promotion, row.code), {"juror": member.code})
    staff.post(staff_door("panel_remove", promotion, row.code))
    assert not Panel.objects.exists()


def test_a_refusal_keeps_what_was_typed(promotion: Promotion, diane: User) -> None:
    staff = signed_in(diane)
    data = {"name": "Jury A", "room": "Salle 1", "day": "2026-12-01", "starts": "12:00", "ends": "09:00"}
    page = staff.post(staff_door("panel_create", promotion), data).content.decode()
    assert "La fin doit être postérieure au début." in page
    assert "Jury A" in page
    staff.post(staff_door("panel_create", promotion), {**data, "ends": "13:00"})
    page = staff.post(staff_door("panel_create", promotion), {**data, "ends": "14:00"}).content.decode()
    assert "Un autre jury siège déjà" in page


def test_staff_plan_place_and_announce(
    promotion: Promotion, application: Application, project: Project, table: Panel, diane: User
) -> None:
    others = [published_project(promotion) for _ in range(2)]
    ranking(application, [project, *others], certified=True)
    staff = signed_in(diane)
    assert "1\u00a0audition à ajouter" in staff.get(staff_door("audition_plan", promotion)).content.decode()
    for turn in ("first", "second"):
        staff.post(staff_door("audition_plan", promotion), {"turn": turn})
    first = Audition.objects.order_by("pk")[0]
    page = staff.get(staff_door("audition_place", promotion), {"audition": first.code}).content.decode()
    assert "Placer ici" in page
    staff.post(
        staff_door("audition_place", promotion), {"audition": first.code, "slot": free_slot(table).code}
    )
    staff.post(staff_door("audition_place_all", promotion))
    assert Audition.objects.filter(status=AuditionStatus.PLACED).count() == 2
    staff.post(staff_door("timetable_publish", promotion))
    assert Message.objects.filter(kind="interviews/audition_placed").count() == 1
    page = staff.get(staff_door("timetable_show", promotion)).content.decode()
    assert page.count('data-name="Alice Aubert"') == 2


def test_a_slot_taken_meanwhile_is_a_sentence(
    promotion: Promotion, audition: Audition, project: Project, diane: User
) -> None:
    other = planned(shortlisted(promotion), project, diane)
    page = signed_in(diane).post(
        staff_door("audition_place", promotion),
        {"audition": other.code, "slot": audition.slot.code},
        follow=True,
    )
    assert "vient d’être pris" in page.content.decode()


def test_staff_note_absence_and_cancel_with_a_reason(
    promotion: Promotion, audition: Audition, diane: User
) -> None:
    staff = signed_in(diane)
    staff.post(staff_door("audition_miss", promotion, audition.code))
    staff.post(staff_door("audition_unplace", promotion, audition.code))
    staff.post(staff_door("audition_cancel", promotion, audition.code), {"reason": "Projet retiré"})
    audition.refresh_from_db()
    assert audition.status == AuditionStatus.CANCELLED
    assert "Projet retiré" in Message.objects.get(kind="juries/hearing_cancelled").body
    page = staff.post(staff_door("audition_hear", promotion, audition.code), follow=True).content.decode()
    assert "Cette action n’est plus possible" in page


def test_standings_show_ties(
    promotion: Promotion, audition: Audition, project: Project, table: Panel, diane: User
) -> None:
    other = placed(shortlisted(promotion), project, diane, table)
    for row in (audition, other):
        for member in Juror.objects.all():
            signed(row, member, 3)
    page = signed_in(diane).get(staff_door("standing_show", promotion, project.code)).content.decode()
    assert page.count("1 ex æquo") == 4
    assert "3,00 / 5" in page


def test_staff_record_a_recusal(promotion: Promotion, audition: Audition, member: Juror, diane: User) -> None:
    where = staff_door("juror_recuse", promotion, member.code, audition.application.code)
    signed_in(diane).post(where, {"reason": "Même équipe en 2024"})
    page = signed_in(diane).get(staff_door("juror_show", promotion, member.code)).content.decode()
    assert "Même équipe en 2024" in page


@pytest.mark.parametrize("value", ["", "zut", "06f08f3f-0df6-4ea7-8bb3-a010b3a64d77", "9" * 5000])
def test_unknown_codes_are_404(promotion: Promotion, audition: Audition, diane: User, value: str) -> None:
    staff = signed_in(diane)
    where = staff_door("audition_place", promotion)
    assert staff.post(where, {"audition": value, "slot": value}).status_code == 404
    assert (
        staff.post(
            staff_door("referent_name", promotion, audition.slot.panel.code), {"juror": value}
        ).status_code
        == 404
    )
    if value:
        assert staff.get(where, {"audition": value[:60]}).status_code == 404


def test_another_promotion_does_not_reach_these_records(
    promotion: Promotion, audition: Audition, diane: User
) -> None:
    other = Promotion.objects.create(programme=promotion.programme, code="autre", name="Autre", number=99)
    staff = signed_in(diane)
    assert staff.get(staff_door("audition_show", other, audition.code)).status_code == 404
    assert staff.get(staff_door("panel_show", other, audition.slot.panel.code)).status_code == 404
    assert staff.post(staff_door("audition_cancel", other, audition.code)).status_code == 404


@pytest.mark.parametrize(
    "data", [{"minutes": "0", "pause": "0"}, {"minutes": "x"}, {"minutes": "99999999999"}, {}]
)
def test_absurd_slots_are_refused(promotion: Promotion, diane: User, data: dict[str, str]) -> None:
    row = panel(promotion, diane, slots=False)
    page = signed_in(diane).post(staff_door("slot_create", promotion, row.code), data, follow=True)
    assert "Donnez une durée" in page.content.decode()


# --- The number of queries ---------------------------------------------------------------------------


def queries(browser: Client, where: str) -> int:
    browser.get(where)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(where).status_code == 200
    return len(captured)


def fill(promotion: Promotion, project: Project, diane: User, number: int, *, day: int) -> None:
    jury = [Juror.objects.order_by("pk")[0], juror(promotion, diane)]
    row = panel(promotion, diane, jury, starts=morning(day), hours=20, room=f"Salle {day}")
    for rank in range(number):
        audition = placed(shortlisted(promotion), project, diane, row, told=True)
        planned(shortlisted(promotion), project, diane)
        shortlisted(promotion)
        if rank % 3:
            signed(audition, jury[1], 2 + rank % 4)


def test_thirty_rows_cost_the_queries_of_three(
    promotion: Promotion,
    application: Application,
    project: Project,
    member: Juror,
    claire: User,
    alice: User,
    diane: User,
) -> None:
    staff, juror_browser, candidate = signed_in(diane), signed_in(claire), signed_in(alice)
    fill(promotion, project, diane, 3, day=-4)
    placed(application, project, diane, Panel.objects.get(), told=True)
    waiting = Audition.objects.filter(status=AuditionStatus.PLANNED)[0]
    pages = [
        *((staff, staff_door(name, promotion)) for name in STAFF),
        (staff, staff_door("audition_place", promotion) + f"?audition={waiting.code}"),
        (staff, staff_door("standing_show", promotion, project.code)),
        (staff, staff_door("panel_show", promotion, Panel.objects.get().code)),
        (staff, staff_door("juror_show", promotion, member.code)),
        (juror_browser, reverse("interviews:jury_day")),
        (candidate, reverse("interviews:audition_mine")),
    ]
    few = {where: queries(browser, where) for browser, where in pages}
    for day in (-3, -2):
        fill(promotion, project, diane, 14, day=day)
        placed(application, published_project(promotion), diane, Panel.objects.order_by("-pk")[0], told=True)
    many = {where: queries(browser, where) for browser, where in pages}
    assert many == few
    # Two pages hold the whole week against its rules: people, rooms, wishes, availability.
    week = {staff_door("audition_plan", promotion): 19, staff_door("timetable_show", promotion): 22}
    assert {where: cost for where, cost in few.items() if cost > week.get(where, 15)} == {}
    assert Scorecard.objects.count() > 60
    assert timezone.now() - timedelta(days=9) < Audition.objects.exclude(during=None)[0].during.lower


def test_the_tabs_follow_the_order_of_the_work(promotion: Promotion, diane: User) -> None:
    """From the week and who comes, to who is heard where and when, the day, and what is read of it."""
    page = parse(signed_in(diane).get(reverse("interviews:audition_list", args=[promotion.code])).content)
    assert [text_of(tab) for tab in page.xpath("//nav[@aria-label='Auditions']//a")] == [
        *("Suivi", "Semaine et règles", "Jurés", "Disponibilités", "Répartir", "Jurys", "Placer"),
        *("Calculs", "Emploi du temps", "Jour J", "Avant de délibérer", "Classements"),
    ]
