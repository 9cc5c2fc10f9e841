"""The brochure, the sheet and the receipt as a second reader sees them: tagged, in French, complete."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from eig.documents.pdf import render_pdf
from eig.dossiers.documents import build_receipt
from projects.documents import RECEIPTS, build_brochure, build_sheet
from tests.factories import projects as make


def printed(order):
    return PdfReader(BytesIO(render_pdf(order.template, order.context, assets=order.assets)))


def assert_accessible(reader, title):
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert catalog["/Lang"] == "fr"
    assert b"pdfuaid" in catalog["/Metadata"].get_data()
    assert reader.metadata.title == title


def text_of(reader):
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


@pytest.fixture
def fourteen(promotion):
    body = [{"title": "Le problème", "text": "Un paragraphe de travail. " * 20}]
    return [
        make.past_page(promotion, f"Défi numéro {rank:02}", town="Brest", themes=["mer"], body=body)
        for rank in range(1, 15)
    ]


def test_fourteen_projects_make_a_tagged_brochure(promotion, fourteen):
    steps = []
    reader = printed(build_brochure(promotion.pk, steps.append))
    assert_accessible(reader, "Les défis de la promotion EIG 6")
    assert len(reader.pages) == 2 + 14
    text = text_of(reader)
    for page in fourteen:
        assert text.count(page.title) >= 2
    assert "16 / 16" in text
    contents = " ".join(reader.pages[1].extract_text().split())
    assert "Sommaire" in contents
    for number in range(3, 17):
        assert "Défi numéro" in reader.pages[number - 1].extract_text()
        assert str(number) in contents
    assert steps == sorted(steps)
    assert len(steps) == 14


def test_a_withdrawn_or_secret_project_is_not_printed(promotion, fourteen):
    make.described(promotion, title="Canari secret")
    fourteen[0].withdrawn_at = fourteen[0].published_at
    fourteen[0].save()
    text = text_of(printed(build_brochure(promotion.pk, lambda _: None)))
    assert "Canari" not in text
    assert "Défi numéro 01" not in text


def test_hostile_words_are_only_words(promotion):
    make.past_page(promotion, "<script>alert(1)</script>", tagline='<img src="file:///etc/passwd">')
    text = text_of(printed(build_brochure(promotion.pk, lambda _: None)))
    assert "<script>alert(1)</script>" in text


def test_the_sheet_tells_the_team_sought(promotion):
    project = make.published(promotion, title="Rivage")
    reader = printed(build_sheet(project.public_page.pk, lambda _: None))
    assert_accessible(reader, "Rivage")
    assert "Cartes en ligne" in text_of(reader)


def test_the_receipt_holds_number_instant_digest_and_answers(promotion):
    project = make.submitted(promotion, title="Rivage")
    reader = printed(build_receipt(RECEIPTS, project.pk, lambda _: None))
    assert_accessible(reader, f"Récépissé {project.number} – Rivage")
    text = text_of(reader)
    assert project.number in text
    assert project.content_sha256[:32] in text.replace(" ", "")
    assert make.ENOUGH in text
