"""Two hundred dossiers that shout who wrote them: nothing of it reaches a reader, by any way."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from candidates.actions import BadMark, MayNotShow, mark_redaction, unmark_redaction
from candidates.actions.redaction import ask_anonymous_prints
from candidates.documents import ANONYMOUS_FILE, build_anonymous_file
from candidates.models import Application, ApplicationTrade, Attachment, RedactionMark, Review
from candidates.queries import anonymous_dossier, files_of
from candidates.rules.redaction import folded
from eig.accounts.models import User
from eig.documents.choices import FileStatus
from eig.documents.models import Document, Extract, Print
from eig.dossiers.queries import form_of
from eig.evaluation.models import Sheet
from eig.evaluation.queries import grid_of
from eig.mail.models import Message
from tests.factories import candidates as make
from tests.people import signed_in

DOSSIERS = 200
VISITED = 5
# Shapes of names, each with a number that makes it a canary.
FIRSTS = (
    "Zéphyrine",
    "Anne-Laure",
    "Jean-Côme",
    "Ñata",
    "Œnone",
    "Marie Ève",
    "Thị",
    "Lou",
    "Désirée",
    "Aimé",
)
LASTS = (
    "Quassoux",
    "de La Tournelle",
    "N’Goumou",
    "El Kharroub",
    "Le Goffic-Brun",
    "D’Hauteville",
    "Øster",
    "Vann",
    "Petitjean",
    "Roy",
)
HIDE, SHOW = RedactionMark.Kind.HIDE, RedactionMark.Kind.SHOW


def url(name: str, *args) -> str:
    return reverse(f"candidates:{name}", args=args)


def letters(number: int) -> str:
    """A number in letters: « bcd »."""
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}")


def named(number: int) -> tuple[str, str]:
    """Long enough that no random token of a page holds one by chance."""
    mark = letters(number)
    return f"{mark}xquv", f"{mark}qzow"


def names_of(number: int) -> tuple[str, str]:
    first, last = named(number)
    return f"{FIRSTS[number % 10]}{first}", f"{LASTS[number // 10 % 10]}{last}"


def shouting(first: str, last: str, email: str, phone: str) -> str:
    plain = folded(f"{first}.{last}")[0].replace(" ", "").replace("'", "")
    return (
        f"Moi, {first} {last} ({last.upper()} {first.upper()}), {email}, https://exemple.example/{plain}, "
        f"@{plain}, {phone}, CV_{last}_{first}.pdf, {first[0]}. {last}, {' '.join(first.upper())}, "
        f"née {last}, 31 rue {last}, "
        f"signé {first.lower()}, {last.lower()} ; diplômée de l’Université {last}."
    )


@pytest.fixture
def shouted(promotion, claire) -> list[tuple[Application, tuple[str, ...]]]:
    """Written straight: two hundred real submissions would be long, and prove no more of what is read."""
    now = timezone.now()
    make.reader(promotion, claire)
    form = form_of(promotion, "application")
    written = [
        question.code
        for question in form.questions()
        if question.type in ("short_text", "text", "long_text", "rich_text")
        or question.code in ("links", "phone")
    ]
    trade = promotion.trades.order_by("pk").first()
    grid = grid_of(promotion, "application_reading").grid
    found = []
    users = []
    for number in range(DOSSIERS):
        first, last = names_of(number)
        users.append(
            User(
                email=f"canari.{letters(number)}z@exemple.example",
                first_name=first,
                last_name=last,
                password="!",
            )
        )
    users = User.objects.bulk_create(users)
    rows, documents = [], []
    for number, user in enumerate(users):
        phone = f"06 {number // 100:02} {number % 100:02} 41 77"
        text = shouting(user.first_name, user.last_name, user.email, phone)
        answers = {**make.ANSWERS, **dict.fromkeys(written, text)}
        rows.append(
            Application(
                promotion=promotion, candidate=user, number=f"C-{number:04}", answers=answers,
                status="submitted", created_at=now, updated_at=now, updated_by=user, submitted_at=now,
                content_sha256="0" * 64,
            )
        )  # fmt: skip
        documents.append(
            Document(
                owner=user, name=f"CV {user.first_name} {user.last_name}.pdf", media_type="application/pdf",
                status=FileStatus.CLEAN, file=f"no/{number}", size=1, sha256="0" * 64, pages=1,
                created_at=now, checked_at=now,
            )
        )  # fmt: skip
        found.append((text, phone))
    rows = Application.objects.bulk_create(rows)
    documents = Document.objects.bulk_create(documents)
    Extract.objects.bulk_create(
        Extract(document=document, text=f"{text}\n{text.upper()}", extracted_at=now)
        for document, (text, _) in zip(documents, found, strict=True)
    )
    Attachment.objects.bulk_create(
        Attachment(application=row, question="cv", document=document, added_at=now)
        for row, document in zip(rows, documents, strict=True)
    )
    ApplicationTrade.objects.bulk_create(
        ApplicationTrade(application=row, trade=trade, rank=1) for row in rows
    )
    sheets = Sheet.objects.bulk_create(Sheet(grid=grid, evaluator=claire, created_at=now) for _ in rows)
    Review.objects.bulk_create(
        Review(application=row, reader=claire, sheet=sheet, assigned_at=now, cleared_at=now)
        for row, sheet in zip(rows, sheets, strict=True)
    )
    return [
        (row, canaries(number, user.email, phone))
        for number, (row, user, (_, phone)) in enumerate(zip(rows, users, found, strict=True))
    ]


def canaries(number: int, email: str, phone: str) -> tuple[str, ...]:
    mark = letters(number)
    return (*named(number), email.partition("@")[0], phone, phone.replace(" ", ""), f"rue {mark}")


def leaks(said: str, marks: tuple[str, ...]) -> list[str]:
    plain = folded(said)[0]
    return [mark for mark in marks if folded(mark)[0] in plain]


def test_no_canary_in_what_is_read_of_two_hundred_dossiers(shouted, promotion):
    form = form_of(promotion, "application")
    for application, marks in shouted:
        application.candidate = User.objects.get(pk=application.candidate_id)
        dossier = anonymous_dossier(application, form, files_of(application, form))
        assert len(dossier.files) == 1
        assert leaks(repr(dossier.sections) + repr(dossier.files), marks) == []
        assert dossier.hits
        order = build_anonymous_file(dossier.files[0].attachment_id, lambda percent: None)
        printed = render_to_string(order.template, dict(order.context)) + order.filename
        assert leaks(printed, marks) == []


def doors(client, application: Application) -> Iterator[object]:
    """Every door a reader has, with what makes each of them talk."""
    sheet = application.reviews.get().sheet.code
    yield client.get(url("review_edit", sheet))
    yield client.post(url("review_edit", sheet), {"mark_initiative": "9"})
    yield client.post(url("review_edit", sheet), {"mark_initiative": "3"}, headers={"HX-Request": "true"})
    yield client.post(url("review_print", sheet), follow=True)
    yield client.post(url("review_edit", sheet), {"mark_initiative": "3", "then": "sign"})
    yield client.get(url("review_sign", sheet))
    yield client.get(url("review_recuse", sheet))
    yield client.post(url("review_edit", sheet), {"mark_initiative": "3", "then": "next"}, follow=True)
    yield client.post(url("review_recuse", sheet), {"reason": ""})
    document = application.attachments.get().document.code
    yield client.get(url("review_download", sheet, document))
    yield client.get(url("attachment_picture", application.code, document, 1))
    yield client.get(url("attachment_download", application.code, document))
    yield client.get(url("application_anonymous", application.code))
    yield client.get(
        url("staff_application_list", application.promotion.code), {"q": application.candidate.last_name}
    )


def test_no_canary_by_any_door_of_a_reader(shouted, claire, promotion):
    client = signed_in(claire)
    everyone = tuple(mark for _, marks in shouted for mark in marks[:3])
    for response in (
        client.get(url("reading_list")),
        client.get(url("reading_list"), {"q": "zephyrine", "page": "2"}),
        client.post(url("reading_next", promotion.code), follow=True),
        client.get(reverse("journey:dashboard")),
    ):
        assert response.status_code == 200
        assert leaks(response.content.decode() + str(response.headers), everyone) == []
    for application, marks in shouted[:: DOSSIERS // VISITED]:
        for response in doors(client, application):
            said = b"".join(response.streaming_content) if response.streaming else response.content
            assert leaks(said.decode(errors="replace") + str(response.headers), marks) == []
    letters_sent = Message.objects.filter(to_person=claire).order_by("pk")
    assert leaks(" ".join(f"{row.subject} {row.body}" for row in letters_sent), everyone) == []
    titles = Print.objects.filter(kind=ANONYMOUS_FILE).order_by("pk").values_list("title", flat=True)
    assert titles
    assert leaks(" ".join(titles), everyone) == []


# --- Mending ------------------------------------------------------------------------------------------


@pytest.fixture
def told(promotion, alice) -> Application:
    """Nothing here is a name, but a nickname and a place of work tell who it is."""
    application = make.submitted(
        promotion,
        alice,
        motivation="On m’appelle Zouzou. J’ai cartographié l’Institut Curie avec alice@x.example.",
    )
    document = application.attachments.get().document
    Extract.objects.create(document=document, text="Zouzou, cartographe", extracted_at=timezone.now())
    return application


def read(application: Application) -> str:
    form = form_of(application.promotion, "application")
    dossier = anonymous_dossier(application, form, files_of(application, form))
    return repr(dossier.sections) + repr(dossier.files)


def test_a_word_hidden_by_hand_is_hidden_everywhere_files_included(told, alice, claire, promotion):
    now = timezone.now()
    assert read(told).count("Zouzou") == 2
    make.reader(promotion, claire)
    ask_anonymous_prints(told, at=now)
    assert Print.objects.filter(kind=ANONYMOUS_FILE).count() == 1
    mark_redaction(told, kind=HIDE, text="zouzou", by=alice, at=now)
    assert "Zouzou" not in read(told)
    assert "[mot masqué]" in read(told)
    # What was printed said the former words.
    assert not Print.objects.filter(kind=ANONYMOUS_FILE).exists()
    unmark_redaction(told, folded="zouzou", by=alice, at=now + timedelta(minutes=1))
    assert read(told).count("Zouzou") == 2


def test_what_was_hidden_for_nothing_is_shown_again(told, alice):
    assert "Institut Curie" not in read(told)
    mark_redaction(told, kind=SHOW, text="l’Institut Curie", by=alice, at=timezone.now())
    hidden = [hit for hit in dossier_of(told).hits if hit.label == "École ou formation"]
    mark_redaction(told, kind=SHOW, text=hidden[0].text, by=alice, at=timezone.now()) if hidden else None
    assert "Institut Curie" in read(told)


def dossier_of(application: Application):
    form = form_of(application.promotion, "application")
    return anonymous_dossier(application, form, files_of(application, form))


def test_a_candidate_cannot_show_their_name_nor_anybody_an_address(told, alice, diane):
    now = timezone.now()
    for text in ("Alice", "Alice Aubert", "AUBERT"):
        with pytest.raises(MayNotShow):
            mark_redaction(told, kind=SHOW, text=text, by=alice, at=now)
    for who in (alice, diane):
        with pytest.raises(MayNotShow):
            mark_redaction(told, kind=SHOW, text="alice@x.example", by=who, at=now)
    mark_redaction(told, kind=SHOW, text="Alice", by=diane, at=now)
    with pytest.raises(BadMark):
        mark_redaction(told, kind=HIDE, text=" . ", by=alice, at=now)


def test_the_person_mends_from_the_page_and_a_stranger_does_not(told, alice, emile, diane):
    client = signed_in(alice)
    address = url("redaction_mark", told.code)
    assert client.post(address, {"kind": "hide", "text": ""}).status_code == 422
    assert client.post(address, {"kind": "show", "text": "Aubert"}).status_code == 422
    page = client.post(address, {"kind": "hide", "text": "Zouzou"}, follow=True).content.decode()
    assert re.search(r"Zouzou</strong> <p[^>]*>\s*Masqué", page) or "Retirer" in page
    assert signed_in(emile).post(address, {"kind": "hide", "text": "x"}).status_code == 404
    staff = url("staff_application_anonymous", told.promotion.code, told.code)
    assert "Zouzou" in signed_in(diane).get(staff).content.decode()
    client.post(url("redaction_unmark", told.code), {"folded": "zouzou"})
    assert not RedactionMark.objects.exists()


def test_a_picture_says_nothing_and_its_author_is_told(told, alice, claire, promotion):
    Extract.objects.update(text="")
    make.reader(promotion, claire)
    review = make.assigned(told, claire)
    assert "image" in signed_in(claire).get(url("review_edit", review.sheet.code)).content.decode()
    page = signed_in(alice).get(url("application_anonymous", told.code)).content.decode()
    assert "Aucun texte n’a pu être lu" in page
