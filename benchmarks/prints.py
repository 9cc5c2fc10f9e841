"""What prints say, compared with what the database says.

    python benchmarks/prints.py [--count N]

It makes servers of its own, as faults.py does, and prints as the workshop does: rows of the queue, a
warm press.
"""

import argparse
import io
import random
import re
import unicodedata
from typing import Any

from servers import Drill, Servers, run_drills
from stand import people, tell

WORDS = """
l’État œuvre où Noël naïf façade ambiguë Île-de-France aujourd’hui anticonstitutionnellement
efficace affluent coffre office fjord fi ffl Straße Łódź Dvořák señor Ünïcode № 12 50 % 1 000 €
« guillemets » (parenthèses) A/B a-b x_y C++ C# <b>gras</b> &amp; & {{ x }} {% y %} 1 < 2 > 0 … – —
Ελληνικά Кириллица 你好 한국어 😀 👩‍💻 → ✓ e\u0301te\u0301 https://exemple.example/a?b=c&d=é#f
"""
LONG = "https://nuage.exemple.example/" + "dossier-sans-espace" * 12


def invented(dice: random.Random) -> str:
    """Paragraphs, lists, long words, empty lines, as people paste them."""
    lines = []
    for _ in range(dice.randrange(1, 9)):
        words = dice.choices(WORDS.split(), k=dice.randrange(1, 40))
        if dice.random() < 0.1:
            words.insert(0, LONG)
        lines.append(dice.choice(("", "", "- ", "1. ")) + " ".join(words))
    return dice.choice(("\n", "\n\n", "\r\n")).join(lines)


def bare(text: str) -> str:
    """Letters alone, whatever the line they are on: no space, no ligature, no bullet of a list."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in text if letter.isprintable() and letter not in " •\u200d\ufffe")


def said_by(pdf: bytes, number: str) -> str:
    """What is drawn, read by a program that knows nothing of the press; less the foot of each page."""
    import pymupdf

    foot = re.compile(rf"{re.escape(number)} · Entrepreneurs d’intérêt général\s*(?:Page )?\d+\s*/\s*\d+")
    with pymupdf.Document(stream=pdf) as document:  # type: ignore[no-untyped-call]
        return "".join(foot.sub("", page.get_text(sort=False)) for page in document)


def meant(application: Any) -> str:
    """From the first title on: what the form asks, what the row of the database answers."""
    from eig.dossiers.choices import FormKind
    from eig.dossiers.queries import form_of
    from eig.dossiers.rules import answers_shown

    form, said = form_of(application.promotion, FormKind.APPLICATION), ""
    for section in answers_shown(form, application.answers):
        said += section.title
        for answer in section.answers:
            stored = application.answers.get(answer.code)
            words = stored if isinstance(stored, str) and answer.code in TEXTS else answer.text
            said += answer.label + ("Sans réponse" if answer.is_empty else words)
    return said


TEXTS = ("skills", "experience", "initiative", "teamwork", "adaptation", "pedagogy", "motivation")


def said(asked: argparse.Namespace, there: Servers) -> list[str]:
    """Dossiers handed in with varied answers: their receipts say what the database says, no more, no less."""
    import pikepdf

    from candidates.actions import submit_application
    from candidates.models import Application
    from eig.documents.models import Print
    from eig.documents.pdf import Press
    from eig.documents.printing import print_next

    people(asked.count or 100)
    dice = random.Random(14)
    for row in Application.objects.select_related("candidate").order_by("pk"):
        row.answers = {**row.answers, **{code: invented(dice) for code in TEXTS}}
        row.save()
        submit_application(row, by=row.candidate)
    with Press() as press:
        while print_next(press):
            pass
    differing, damaged, letters = [], [], 0
    for job in Print.objects.select_related("document").order_by("pk"):
        row = Application.objects.select_related("promotion", "candidate").get(pk=job.subject_id)
        assert job.document is not None
        assert row.number is not None
        with job.document.file.open() as kept:
            data = kept.read()
        with pikepdf.open(io.BytesIO(data)) as pdf:
            damaged += pdf.check_pdf_syntax()
        told, right = bare(said_by(data, row.number)), bare(meant(row))
        letters += len(right)
        head = [row.number, str(row.candidate), row.content_sha256]
        if not told.endswith(right) or any(bare(fact) not in told for fact in head):
            differing.append(row.number)
            place = told.find(right[:20])
            at = next((i for i, (a, b) in enumerate(zip(told[place:], right, strict=False)) if a != b), 0)
            print(f"    {row.number}: {told[place:][at - 20 : at + 30]!r} for {right[at - 20 : at + 30]!r}")
    tell({"prints": Print.objects.filter(status="ready").count(), "letters": letters})
    faults = {"unlike the database": len(differing), "damaged": len(damaged)}
    tell(faults)
    return [name for name, number in faults.items() if number]


DRILLS: dict[str, Drill] = {"said": said}

if __name__ == "__main__":
    run_drills(DRILLS, str(__doc__), count=0)
