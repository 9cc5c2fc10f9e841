"""Print: the receipt of an application, with its answers; the letter that says why it is not admitted.

Export: the lists of the team, and whole dossiers.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings

from candidates.choices import Status
from candidates.models import Application, Attachment
from candidates.queries import APPLICATIONS, anonymous_files, files_of
from candidates.queries.pool import POOL
from eig.accounts.models import User
from eig.documents.printing import Order, Progress, register
from eig.dossiers.choices import FormKind
from eig.dossiers.documents import build_receipt
from eig.dossiers.kinds import ReceiptKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import FormView, QuestionView, shown_text
from eig.exports.rules import Column
from eig.exports.sources import Table
from eig.exports.sources import register as export
from eig.journal.queries import history_of
from eig.listing.asking import asked_of, data_of
from eig.listing.description import Look, Shown
from eig.listing.documents import export_list, table_of
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

RECEIPT = "candidates.receipt"
ANONYMOUS_FILE = "candidates.anonymous_file"
INELIGIBILITY_LETTER = "candidates.ineligibility"


def _files(application: Application, form: FormView) -> list[dict[str, str]]:
    labels = {question.code: question.label for question in form.questions()}
    sent = [file.attachment for file in files_of(application, form)]
    return [
        {
            "label": labels.get(item.question, "Fichier"),
            "name": item.document.name,
            "digest": item.document.sha256,
        }
        for item in sent
    ]


RECEIPTS = ReceiptKind(
    code=RECEIPT,
    model=Application,
    form=FormKind.APPLICATION,
    related=("candidate",),
    call="appel à candidatures",
    title=lambda application: f"Candidature {application.number}",
    person=lambda application: application.candidate,
    files=_files,
)


def build_ineligibility_letter(application_id: int, progress: Progress) -> Order:
    """The refusal as a letter, to keep: the reason, what it rests on, how to answer."""
    application = Application.objects.select_related("promotion", "candidate").get(pk=application_id)
    progress(30)
    context = {
        "application": application,
        "promotion": application.promotion,
        "person": application.candidate,
        "contact": settings.CONTACT_EMAIL,
        "history": history_of(application).filter(verb="move", data__after=Status.INELIGIBLE).first(),
    }
    return Order("pdf/ineligibility.html", context, f"lettre-{application.number}.pdf")


def build_anonymous_file(attachment_id: int, progress: Progress) -> Order:
    """The text of a file as readers see it: nothing of the original, neither its picture nor its metadata."""
    attachment = Attachment.objects.select_related("application__promotion", "application__candidate").get(
        pk=attachment_id
    )
    application = attachment.application
    form = form_of(application.promotion, FormKind.APPLICATION)
    progress(20)
    files = anonymous_files(files_of(application, form), application, form)
    shown = next((file for file in files if file.attachment_id == attachment.pk), None)
    context = {"application": application, "promotion": application.promotion, "file": shown}
    return Order("pdf/anonymous_file.html", context, shown.filename if shown else "fichier.pdf")


register(RECEIPT, partial(build_receipt, RECEIPTS))
register(ANONYMOUS_FILE, build_anonymous_file)
register(INELIGIBILITY_LETTER, build_ineligibility_letter)


def build_dossiers(promotion: Promotion, given: Mapping[str, Any], by: User) -> Table:
    """The list of applications with every column, and every answer of the dossier in words."""
    asked = asked_of(APPLICATIONS, Look(promotion, by, moment(promotion)), data=data_of(given))
    questions = [item for item in form_of(promotion, FormKind.APPLICATION).questions() if not item.is_file]
    trades = {trade.code: trade.label for trade in promotion.trades.order_by("pk")}

    def answer(question: QuestionView) -> Shown:
        return Shown(
            Column(question.label, width=40),
            lambda row, lens: shown_text(question, row.answers.get(question.code), trades),
        )

    # What the dossier answers is written once, in its own column.
    codes = [code for code in APPLICATIONS.columns if code not in {item.code for item in questions}]
    return table_of(asked, codes=codes, more=[answer(item) for item in questions])


export_list(APPLICATIONS)
export_list(POOL)
export("dossiers", title="Dossiers complets", build=build_dossiers)
