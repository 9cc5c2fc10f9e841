"""No-break spaces set as pages, mails and prints leave; and the proof-reader of the suite sees each fault."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from eig.design.middleware import FrenchSpaces
from eig.documents.pdf import Press
from eig.french import dates, spaces
from eig.french.spaces import one_line, spaced, spaced_html
from eig.mail.models import Message
from eig.mail.relay import as_mime
from tests.french import FAULTS, faults, page_faults

SCRIPTS = sorted(
    path
    for path in (Path(settings.BASE_DIR) / "static").rglob("*.js")
    if not {"dsfr", "vendor"} & set(path.parts)
)


@pytest.fixture(autouse=True)
def _spaces_as_people_see_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spaces, "NO_BREAK", dates.NO_BREAK)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Qui ? Moi !", "Qui~? Moi~!"),
        ("Il reste : un ; deux", "Il reste~: un~; deux"),
        ("« Étiage »", "«~Étiage~»"),
        ("loi n° 78-17, à 5 % ou 3 500 €", "loi n°~78-17, à 5~% ou 3 500~€"),
        ("le 1er mars 2027 à 9 h 30, ou le 12 août", "le 1er~mars 2027 à 9~h~30, ou le 12~août"),
        ("12:30, https://eig.example/?a=1;b", "12:30, https://eig.example/?a=1;b"),
        ("Bonjour! vu: rien", "Bonjour! vu: rien"),
        ("déjà là\u00a0: rien", "déjà là~: rien"),
    ],
)
def test_a_space_that_is_there_no_longer_breaks(typed: str, read: str) -> None:
    assert spaced(typed) == read.replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<p>Qui ?</p>", "<p>Qui~?</p>"),
        ("<p>« <a href='/a ?b'>Lien</a> »</p>", "<p>«~<a href='/a ?b'>Lien</a>~»</p>"),
        ('<b title="Oui : non" data-x="a : b">c : d</b>', '<b title="Oui~: non" data-x="a : b">c~: d</b>'),
        ('<input value="Qui ?" placeholder="Qui ?">', '<input value="Qui ?" placeholder="Qui~?">'),
        ("<a aria-label='Lire : la suite' href='x'>", "<a aria-label='Lire~: la suite' href='x'>"),
        ('<textarea title="Qui ?">Qui ?</textarea>Qui ?', '<textarea title="Qui~?">Qui ?</textarea>Qui~?'),
        ("<script>a ? b : c</script> :", "<script>a ? b : c</script>~:"),
        ("<style>a :hover {}</style><p>a ;", "<style>a :hover {}</style><p>a~;"),
        ("<pre>a : b</pre><code>c ; d</code>", "<pre>a : b</pre><code>c ; d</code>"),
        ("<option value='a : b'>a : b</option>", "<option value='a : b'>a~: b</option>"),
        ("<!-- a : b --><p>5 &gt; 4 : vrai</p>", "<!-- a : b --><p>5 &gt; 4~: vrai</p>"),
    ],
)
def test_a_page_keeps_its_values_its_addresses_and_its_code(typed: str, read: str) -> None:
    assert spaced_html(typed) == read.replace("~", "\u00a0")


@given(st.text(alphabet="ab1 :;!?»«%°nh<>\"'=/\u00a0", max_size=60))
def test_nothing_but_spaces_changes_and_once_is_enough(text: str) -> None:
    for function in (spaced, spaced_html):
        once = function(text)
        assert once.replace("\u00a0", " ") == text.replace("\u00a0", " ")
        assert function(once) == once


def test_a_line_keeps_its_no_break_spaces() -> None:
    assert one_line("\n  le 1er\u00a0mars \n  2027 ") == "le 1er\u00a0mars 2027"
    # Each of these ends a line for whoever writes the head of a mail.
    assert one_line("un\x85deux\u2028trois\x0bquatre") == "un deux trois quatre"


def test_an_answer_that_is_a_page_goes_through_and_no_other() -> None:
    def answered(kind: str) -> str:
        answer = FrenchSpaces(lambda _: HttpResponse("Qui ?", content_type=kind))
        return answer(RequestFactory().get("/")).content.decode()

    assert answered("text/html; charset=utf-8") == "Qui\u00a0?"
    assert answered("application/json") == answered("text/plain") == "Qui ?"


def test_a_mail_goes_through_its_subject_its_text_and_its_page() -> None:
    message = Message(
        to_email="a@exemple.example", subject="Prêt ?", body="Bonjour : oui.", not_before=timezone.now()
    )
    mime = as_mime(message)
    text, page = (part.get_content() for part in mime.iter_parts())
    assert mime["Subject"] == "Prêt\u00a0?"
    assert "Bonjour\u00a0: oui." in text
    assert "Bonjour\u00a0: oui." in page
    assert message.body == "Bonjour : oui."


def test_a_print_goes_through() -> None:
    with Press() as press:
        printed = press.html("<title>Essai</title><p>Qui ? Lui : personne.</p>")
    text = PdfDocument(printed)[0].get_textpage().get_text_bounded()
    assert "Qui\u00a0? Lui\u00a0: personne." in text


PLANTED = {
    "a space that breaks before a double mark": "Il reste : rien.",
    "no space before a double mark": "Il reste: rien.",
    "a space that breaks inside guillemets": "« Étiage\u00a0»",
    "a straight apostrophe": "l'équipe",
    "straight quotation marks": 'le projet "Étiage"',
    "« de » not elided": "Mission de Ariane",
    "« que », « je »… not elided": "Dites que Ariane vient",
    "a date in figures": "le 12/09/2026",
    "a truncated month": "23 Sep 2026",
    "a truncated day": "mar 20",
    "« 1 » for « 1er »": "le 1\u00a0décembre",
    "a date that breaks": "le 12 décembre",
    "an hour written otherwise": "à 23:59",
    "a deadline without its zone": "avant le mardi 1er\u00a0décembre\u00a02026 à\u00a023\u00a0h\u00a059",
    "another word for « adresse électronique »": "Votre e-mail",
    "« présélectionné » of somebody": "Vous êtes présélectionné",
    "a space before a point": "nous écrire .",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_seen(fault: str) -> None:
    assert {found.partition(":")[0] for found in faults(PLANTED[fault])} == {fault}
    assert page_faults(f"<div><p>{PLANTED[fault]}</p></div>")
    label = PLANTED[fault].replace('"', "&quot;")
    assert page_faults(f'<div><b title="{label}">Mot</b></div>')


@pytest.mark.parametrize(
    "right",
    [
        "Date limite\u00a0: 1er\u00a0décembre\u00a02026 à\u00a023\u00a0h\u00a059 (heure\u00a0de\u00a0Paris).",
        "«\u00a0Étiage\u00a0» d’Ariane, d’Yves et de Yanis, de onze à douze\u00a0!",
        "Voir https://eig.example/?a=1, ou par courriel\u00a0; l’agent·e public·que est présélectionné·e.",
        "Entretien de 9\u00a0h à 12\u00a0h\u00a030, le 1er\u00a0mars…",
    ],
)
def test_right_french_has_no_fault(right: str) -> None:
    assert faults(right) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_sentences_of_scripts_have_their_spaces(script: Path) -> None:
    """Nothing sets them on the way: they are written there."""
    lines = script.read_text().splitlines()
    code = "\n".join(line for line in lines if not line.lstrip().startswith(("//", "/*", "*")))
    said = re.findall(r"""["`]([^"`\n]+)["`]""", re.sub(r"\$\{[^}]*\}", "…", code))
    assert [words for words in said if re.search(r"[\w…] (?:[:;!?»](?:\s|$))|« ", words)] == []
