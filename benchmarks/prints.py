"""What prints say, compared with what the database says; what a text may make them cost.

    python benchmarks/prints.py [said|heavy ...] [--count N]

It makes servers of its own, as faults.py does, and prints as the workshop does: rows of the queue, a
warm press.
"""

import argparse
import contextlib
import io
import itertools
import os
import random
import re
import threading
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.html import escape
from django.utils.safestring import mark_safe
from servers import Drill, Servers, family, run_drills
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


MARKS = "".join(map(chr, range(0x300, 0x370)))
SIZES = (30, 300, 3_000, 30_000, 300_000)


def shapes() -> list[str]:
    """Six kinds of length, depth and value, five sizes of each, far above what a form of ours lets in."""
    texts = []
    for size in SIZES:
        marks = "".join(itertools.islice(itertools.cycle(MARKS), size))
        typed = ("mot " * size, "a" * size, "a\n" * size, f"e{marks}")
        texts += [f"<p>{escape(text)}</p>" for text in typed]
        texts += ["<div>" * size + "x", f"<p style='font-size: {size**3}px; margin: {size**3}mm'>x</p>"]
    return texts


@contextlib.contextmanager
def watched() -> Iterator[list[int]]:
    """The most memory that a child of ours held, in bytes."""
    most, over = [0], threading.Event()

    def watch() -> None:
        while not over.wait(0.1):
            for one in family(os.getpid())[1:]:
                with contextlib.suppress(OSError):
                    status = Path(f"/proc/{one}/status").read_text()
                    if "python" in status and (found := re.search(r"VmHWM:\s+(\d+)", status)):
                        most[0] = max(most[0], 1024 * int(found[1]))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield most
    finally:
        over.set()
        watching.join()


def heavy(asked: argparse.Namespace, there: Servers) -> list[str]:
    """Thirty texts heavy to lay out, a plain receipt behind each: all end in time, and the queue goes on."""
    from django.utils import timezone

    from candidates.actions import submit_application
    from candidates.documents import RECEIPT
    from candidates.models import Application
    from eig.documents.models import Print
    from eig.documents.pdf import Press
    from eig.documents.printing import Order, ask_print, builders, print_next
    from eig.dossiers.rules import SectionAnswers
    from eig.dossiers.rules.shown import ShownAnswer

    people(1)
    row = Application.objects.select_related("candidate", "promotion").get()
    row = submit_application(row, by=row.candidate)
    texts, plain = shapes(), builders[RECEIPT]

    def build(rank: int, progress: Any) -> Order:
        order = plain(row.pk, progress)
        # As markup: what the press takes is measured, not what the template escapes.
        shown = ShownAnswer("text", "Texte", "text", mark_safe(texts[rank]))
        sections = [SectionAnswers("heavy", "Texte", (shown,))]
        return Order(order.template, {**order.context, "sections": sections}, order.filename)

    builders["bench.heavy"] = build
    ends, faults, longest, most = Counter[str](), list[str](), 0.0, 0
    Print.objects.all().delete()
    with Press() as press:
        for rank in range(len(texts)):
            job = ask_print("bench.heavy", subject_id=rank, title="Texte", by=None, at=timezone.now())
            began = time.monotonic()
            with watched() as held:
                print_next(press)
            seconds = time.monotonic() - began
            job.refresh_from_db()
            end = "printed" if job.status == "ready" else job.error
            # Not again: what may be tried again would come before the next one.
            job.delete()
            behind = ask_print(RECEIPT, subject_id=row.pk, title="Récépissé", by=None, at=timezone.now())
            print_next(press)
            behind.refresh_from_db()
            ends["printed" if end == "printed" else "clean failures" if end else "untold"] += 1
            longest, most = max(longest, seconds), max(most, held[0])
            print(f"    {rank + 1}: {seconds:.1f} s, {held[0] / 1e6:.0f} MB, {end[:90]}", flush=True)
            if not end or seconds > 30 or held[0] > 1.5e9 or behind.status != "ready":
                faults.append(f"text {rank + 1}")
    tell({"texts": len(texts), **ends, "longest": f"{longest:.1f} s", "most": f"{most / 1e6:.0f} MB"})
    tell({"late, heavy, untold or in the way": len(faults)})
    return faults


DRILLS: dict[str, Drill] = {"said": said, "heavy": heavy}

if __name__ == "__main__":
    run_drills(DRILLS, str(__doc__), count=0)
