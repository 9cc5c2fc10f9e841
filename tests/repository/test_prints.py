"""Every PDF of the product, heard as a reader's machine hears it and seen as its page shows it.

Two checkers that know nothing of each other read each print.
`outloud` 0.2 asks what veraPDF asks of PDF/UA-1, then what it cannot: no error, no warning but those below.
It takes for drawn a letter whose code WeasyPrint leads to .notdef by a table of its own: looked at here.
`pdfua` 0.1 decides 16 of the 106 rules of PDF/UA-1. It looks for `Headers` on headers alone, so it warns
about right tables without `Scope`; its rule of empty headings (UA-14-001) raises and is
skipped, so headings are looked at here. Neither sees what leaves the page.
"""

import io
from collections.abc import Iterator
from pathlib import Path

import outloud
import pdfua
import pikepdf
import pymupdf
import pypdfium2
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from lxml import html

from eig.documents.pdf import Press
from eig.documents.printing import Order, builders
from tests.repository.world import World
from tests.repository.world.prints import subjects

Told = tuple[pikepdf.Object, tuple[str, ...]]
WRONG_WARNINGS = {
    "LNK-010": "an address that somebody typed is not made a link on purpose",
    "ORD-001": "bullets, and what stands beside a text, are inked last; their tags are in order",
    "PAG-001": "a question, or a room, that stands near the edge of three pages is no running head",
    "TBL-013": "a table that goes on over the page is tagged page by page by WeasyPrint",
}
LINK = f"https://nuage.exemple.example/partage/{'dossier-sans-espace' * 24}?cle={'0a1b' * 8}"
HARD = f" {LINK} 你好世界 한국어 हिन्दी क्षत्रिय العربية Ελληνικά → ✓ 😀 👩‍💻 \uf0b7"


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press() as warm:
        yield warm


def order_of(kind: str, world: World) -> Order:
    return builders[kind](subjects(world)[kind].pk, lambda percent: None)


def markup(order: Order) -> str:
    return render_to_string(order.template, dict(order.context))


def test_every_kind_and_every_template_is_printed_here(world: World) -> None:
    assert set(builders) == set(subjects(world)), "what is it about? tests/repository/world/prints.py"
    printed = {order_of(kind, world).template for kind in builders}
    folder = Path(settings.BASE_DIR) / "templates" / "pdf"
    whole = {
        f"pdf/{path.name}" for path in folder.glob("*.html") if '{% extends "pdf/base' in path.read_text()
    }
    assert whole == printed
    # What is compared with what their readers hear: both receipts, and more than a few words of each.
    answered = {kind for kind in builders if len(answers_of(order_of(kind, world))) > 10}
    assert answered == {"candidates.receipt", "projects.receipt"}
    # What says the texts of many people may take longer than what says those of one.
    long = {order.template for kind in builders if (order := order_of(kind, world)).long}
    assert long == {f"pdf/{name}.html" for name in ("booklet", "brochure", "call", "jury_plan", "minutes")}


@pytest.mark.parametrize("kind", sorted(builders))
def test_a_print_is_heard_and_seen_whole(kind: str, world: World, press: Press, tmp_path: Path) -> None:
    order = order_of(kind, world)
    page = markup(order)
    path = tmp_path / "print.pdf"
    path.write_bytes(press.html(page, assets=order.assets))
    assert unheard(path) + unseen(path) + unsaid(order, path) == []
    path.write_bytes(press.html(hardened(page), assets=order.assets))
    assert unseen(path) == []


def hardened(page: str) -> str:
    """In the first box of each kind, a link longer than a line and letters that Marianne lacks."""
    tree = html.document_fromstring(page)
    seen = set()
    for element in tree.find("body").iter():
        around = [element, *element.iterancestors()]
        kind = tuple(f"{one.tag}.{one.get('class', '')}" for one in around)
        if element.text and element.text.strip() and kind not in seen and not any(map(ours, around)):
            seen.add(kind)
            element.text += HARD
    return html.tostring(tree, encoding="unicode", doctype="<!doctype html>")


def ours(element: html.HtmlElement) -> bool:
    named = element.get("class", "")
    return element.tag == "svg" or any(word in named for word in ("eig-nowrap", "cover", "running-foot"))


def unheard(path: Path) -> list[str]:
    said = outloud.check(str(path))
    found = [said.error] if said.error else []
    found += [f"{one.rule} {one.message}" for one in said.findings if one.rule not in WRONG_WARNINGS]
    found += [f"{one.rule} stopped: {one.reason}" for one in said.runs if one.status == "crashed"]
    for outcome in pdfua.validate(str(path)).outcomes:
        found += [f"{one.rule_id} {one.message}" for one in outcome.findings]
        if outcome.skipped_reason and outcome.rule_id != "UA-14-001":
            found.append(f"{outcome.rule_id} skipped: {outcome.skipped_reason}")
    with pikepdf.open(path) as pdf:
        return found + pdf.check_pdf_syntax() + list(untold(pdf))


def unsaid(order: Order, path: Path) -> list[str]:
    """Answers of a dossier that its receipt does not say: `benchmarks/prints.py` looks at a hundred."""
    with pymupdf.open(path) as pdf:
        said = "".join("".join(page.get_text().split()) for page in pdf)
    return [f"unsaid: {text}" for text in answers_of(order) if "".join(text.split()) not in said]


def answers_of(order: Order) -> list[str]:
    return [
        answer.text
        for section in order.context.get("sections", ())
        for answer in getattr(section, "answers", ())
    ]


def untold(pdf: pikepdf.Pdf) -> Iterator[str]:
    titles = 0
    links = sum(
        1 for page in pdf.pages for note in page.get("/Annots", []) if str(note.get("/Subtype")) == "/Link"
    )
    for element, above in elements(pdf.Root.StructTreeRoot):
        tag = str(element.get("/S"))
        titles += tag == "/H1"
        links -= tag == "/Link"
        if tag[2:].isdigit() and not (element.get("/K") and "/Span" in kids_of(element)):
            yield f"{tag} is empty"
        if tag == "/TH" and str(element.A.get("/Scope")) not in {"/Column", "/Row"}:
            yield "TH without scope"
        if tag == "/Link" and "/Link" in above:
            yield "a link in a link"
    if titles != 1:
        yield f"{titles} H1"
    if links:
        yield f"{links} annotations more than links"


def kids_of(element: pikepdf.Object) -> list[str]:
    return [str(kid.get("/S")) for kid, _ in elements(element)]


def elements(
    node: pikepdf.Object, above: tuple[str, ...] = ()
) -> Iterator[tuple[pikepdf.Object, tuple[str, ...]]]:
    for kid in node.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid, above
            yield from elements(kid, (*above, str(kid.S)))


def unseen(path: Path) -> list[str]:
    """Words that leave the page, letters that no font draws."""
    found = []
    document = pypdfium2.PdfDocument(path)
    for number, page in enumerate(document, start=1):
        width, height = page.get_size()
        text = page.get_textpage()
        for rank in range(text.count_rects()):
            left, bottom, right, top = box = text.get_rect(rank)
            if left < 0 or bottom < 0 or right > width or top > height:
                found.append(f"page {number}: {text.get_text_bounded(*box)[:60]!r} at {box}")
    document.close()
    with pikepdf.open(path) as pdf:
        return found + [f"page {number}: letters of {name} that it lacks" for number, name in boxes(pdf)]


def boxes(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str]]:
    """Where .notdef is drawn: WeasyPrint then gives the font a table of codes, and none otherwise."""
    for number, page in enumerate(pdf.pages, start=1):
        for font in page.Resources.get("/Font", {}).values():
            if str(font.Subtype) == "/Type0" and str(font.Encoding) != "/Identity-H":
                yield number, str(font.BaseFont)


def test_a_letter_that_no_font_has_is_found(press: Press, tmp_path: Path) -> None:
    """The checks above can fail: a letter of no alphabet, a link that may not break; the hard words pass."""
    head = '<!doctype html><html lang="fr"><title>Essai</title><body><h1>Essai</h1>'
    path = tmp_path / "boxes.pdf"
    path.write_bytes(press.html(f"{head}<p>\u0378</p>"))
    assert [fault.split(":")[0] for fault in unseen(path)] == ["page 1"]
    path.write_bytes(press.html(f"{head}<p style='white-space: nowrap'>{LINK}</p>"))
    assert unseen(path)
    places = "".join(f"<{tag}>{HARD}</{tag}>" for tag in ("h2", "p", "blockquote"))
    table = f"<table><thead><tr><th>Mot</th></tr></thead><tbody><tr><td>{HARD}</td></tr></tbody></table>"
    path.write_bytes(press.html(f"{head}{places}<ul><li>{HARD}</li></ul>{table}"))
    assert unheard(path) + unseen(path) == []


def test_entries_of_the_contents_are_one_link_each(world: World, press: Press) -> None:
    kind = next(kind for kind in builders if kind.endswith("projects.brochure"))
    order = order_of(kind, world)
    data = press.html(markup(order), assets=order.assets)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        notes = [note for page in pdf.pages for note in page.get("/Annots", []) if "/Dest" in note]
    titles = [leaf.page.title for leaf in order.context["leaves"]]
    assert [str(note.Contents) for note in notes] == [f"{title}" for title in titles]
