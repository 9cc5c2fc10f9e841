"""Canaries: a name must not reach a reader, a decision must not leave before its hour."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from candidates.actions import add_attachment, submit_application
from eig.documents.pdf import Press
from eig.documents.printing import print_next
from eig.mail.choices import Status as MailStatus
from eig.mail.models import Message
from privacy.actions import ask_copy, make_next_copy
from privacy.models import DataCopy
from tests.evaluation.calls import CANDIDATES
from tests.factories import candidates as make
from tests.people import person, signed_in
from tests.signing import sign_on_screen

FIRST, LAST = "Zéphyrine", "Quassoux"
MARKS = ("zephyrine", "zéphyrine", "quassoux", "06 98 76 54 32", "zq.example", "polytechnique")


def url(name: str, *args) -> str:
    return reverse(f"candidates:{name}", args=args)


@pytest.fixture
def telling(promotion):
    """An application whose every text names its author."""
    who = person(FIRST, LAST)
    leak = (
        f"Moi, {FIRST} {LAST} (ZEPHYRINE), zephyrine.quassoux@zq.example, https://zq.example/moi, "
        f"@quassoux, 06 98 76 54 32, passée par l’École polytechnique. "
    )
    texts = (
        "expertise",
        "skills",
        "training",
        "experience",
        "initiative",
        "teamwork",
        "adaptation",
        "pedagogy",
        "motivation",
        "mobility_note",
        "audition_needs",
    )
    answers = {code: leak[:110] if code == "expertise" else leak for code in texts}
    application = make.answered(
        make.draft(promotion, who), **answers, links="https://zq.example/quassoux", phone="06 98 76 54 32"
    )
    for question in ("cv", "portfolio"):
        document = make.clean_document(who, f"{FIRST} {LAST}.pdf")
        add_attachment(application, question=question, document=document, by=who, at=timezone.now())
    return submit_application(application, by=who)


def clean(response) -> None:
    said = response.content.decode().lower() + str(response.headers).lower()
    for mark in MARKS:
        assert mark not in said, mark


def test_no_name_reaches_a_reader_by_any_page(telling, claire, promotion):
    make.reader(promotion, claire)
    review = make.assigned(telling, claire, cleared=False)
    client, code = signed_in(claire), review.sheet.code
    clean(client.get(url("reading_list")))
    clean(client.get(url("review_edit", code)))
    clean(client.post(url("review_recuse", code), {"reason": ""}))
    clean(client.post(url("review_clear", code), follow=True))
    page = client.get(url("review_edit", code))
    assert "[nom masqué]" in page.content.decode()
    clean(page)
    clean(client.post(url("review_edit", code), {"mark_initiative": "9"}))
    clean(client.post(url("review_edit", code), {"mark_initiative": "3", "then": "sign"}))
    clean(client.get(url("review_sign", code)))
    clean(client.get(url("review_recuse", code)))


def test_files_reach_a_reader_under_neutral_names_only_once_cleared(telling, claire, promotion):
    make.reader(promotion, claire)
    review = make.assigned(telling, claire, cleared=False)
    client, code = signed_in(claire), review.sheet.code
    documents = [item.document.code for item in telling.attachments.all()]
    for document in documents:
        assert client.get(url("review_download", code, document)).status_code == 404
    client.post(url("review_clear", code))
    for document in documents:
        # The file itself is never theirs: until its text is printed, there is nothing to fetch.
        assert client.get(url("review_download", code, document)).status_code == 404
    client.post(url("review_print", code))
    with Press() as press:
        while print_next(press):
            pass
    for document in documents:
        response = client.get(url("review_download", code, document))
        assert response.status_code == 200
        printed = b"".join(response.streaming_content)
        assert printed.startswith(b"%PDF-")
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(printed)).pages).lower()
        assert "candidature" in text
        for mark in MARKS:
            assert mark not in text
            assert mark.encode() not in printed
        assert telling.number in response.headers["Content-Disposition"]
        for mark in MARKS:
            assert mark not in str(response.headers).lower()
    # A decision under preparation ends the reading: no file leaves any more, not even one that was fetched.
    CANDIDATES.propose(telling)
    for document in documents:
        assert client.get(url("review_download", code, document)).status_code == 404
    assert client.post(url("review_print", code)).status_code == 404


def test_the_candidate_sees_what_readers_will_see(telling):
    page = signed_in(telling.candidate).get(url("application_anonymous", telling.code)).content.decode()
    read, panel = page[page.index("<h1") : page.index("</main>")].split("<aside", 1)
    assert "[nom masqué]" in read
    # The name they gave to a file is said to them, beside the one that readers see.
    assert "Quassoux" not in read.replace(f"« {FIRST} {LAST}.pdf »", "")
    # Beside it, what was hidden, for its author alone.
    assert "Quassoux" in panel


def test_when_the_promotion_is_not_anonymous_texts_are_left(telling, claire, promotion):
    promotion.anonymous_shortlisting = False
    promotion.save()
    make.reader(promotion, claire)
    review = make.assigned(telling, claire)
    assert LAST in signed_in(claire).get(url("review_edit", review.sheet.code)).content.decode()


def test_another_readers_sheet_is_not_mine_to_open(telling, claire, promotion):
    make.reader(promotion, claire)
    other = make.reader(promotion)
    review = make.assigned(telling, other)
    client = signed_in(claire)
    assert client.get(url("review_edit", review.sheet.code)).status_code == 404
    assert client.post(url("review_sign", review.sheet.code)).status_code == 404
    assert client.post(url("review_clear", review.sheet.code)).status_code == 404


def test_marks_of_others_show_after_my_signature_only(promotion, claire):
    application = make.submitted(promotion)
    other = make.signed(application, make.reader(promotion), 2)
    other_comment = "Une lecture attentive."
    make.reader(promotion, claire)
    review = make.assigned(application, claire)
    client = signed_in(claire)
    assert other_comment not in client.get(url("review_edit", review.sheet.code)).content.decode()
    data = {f"mark_{mark.criterion.code}": "4" for mark in other.sheet.marks.all()}
    sign_on_screen(client, "candidates", review.sheet.code, data)
    assert other_comment in client.get(url("review_edit", review.sheet.code)).content.decode()


def pages_of(application):
    """Every page that tells a candidate where they are."""
    client = signed_in(application.candidate)
    own = ("application_detail", "application_receipt", "application_anonymous")
    addresses = [
        *(url(name, application.code) for name in own),
        url("application_list"),
        reverse("journey:dashboard"),
    ]
    return [stable(client.get(address)) for address in addresses]


def copied(who):
    """All that a copy of their data holds."""
    ask_copy(who, at=timezone.now())
    make_next_copy(clock=timezone.now)
    kept = DataCopy.objects.get(person=who).document.file
    with kept.open("rb") as file, ZipFile(file) as packed:
        return "\n".join(packed.read(name).decode(errors="replace") for name in packed.namelist())


def test_nothing_of_the_candidate_changes_before_the_publication(promotion, alice, diane, denis):
    application = make.read_twice(make.submitted(promotion, alice))
    before = pages_of(application)
    held = make.decided(promotion, application, publish=False, staff=(diane, denis))
    after = pages_of(application)
    assert before == after
    secret = application.decisions.get().reason
    data = stable(signed_in(alice).get(reverse("privacy:my_data")))
    for said in (*after, data, copied(alice)):
        # Their candidature is deposited, no more: its end in « Mes données » named the preselection.
        assert "présélectionnée" not in said
        assert secret not in said
    assert not Message.objects.filter(to_person=alice, kind__contains="shortlisted").exclude(
        status=MailStatus.HELD
    )
    assert application.decisions.filter(wave=held).count() == 1


def stable(response) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return page[page.index("<h1") : page.index("</main>")]
