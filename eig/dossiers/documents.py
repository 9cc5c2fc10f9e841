"""Print the receipt of a deposit: its number, its hour, its digest, then the dossier as it was handed in."""

from eig.documents.printing import Order, Progress
from eig.dossiers.kinds import ReceiptKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import answers_shown


def build_receipt(kind: ReceiptKind, pk: int, progress: Progress) -> Order:
    dossier = kind.model._default_manager.select_related("promotion", *kind.related).get(pk=pk)
    form = form_of(dossier.promotion, kind.form)
    progress(20)
    context = {
        "dossier": dossier,
        "promotion": dossier.promotion,
        "title": kind.title(dossier),
        "call": kind.call,
        "person": kind.person(dossier),
        "sections": answers_shown(form, dossier.answers),
        "files": kind.files(dossier, form),
    }
    return Order("pdf/receipt.html", context, f"recepisse-{dossier.number}.pdf")
