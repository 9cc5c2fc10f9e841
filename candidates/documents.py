"""Print: the receipt of an application, with its answers."""

from candidates.models import Application
from candidates.queries import files_of
from eig.documents.printing import Order, Progress, register
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import answers_shown

RECEIPT = "candidates.receipt"


def build_receipt(application_id: int, progress: Progress) -> Order:
    application = Application.objects.select_related("promotion", "candidate").get(pk=application_id)
    form = form_of(application.promotion, FormKind.APPLICATION)
    progress(20)
    labels = {question.code: question.label for question in form.questions()}
    context = {
        "title": "Récépissé de dépôt",
        "subtitle": f"Candidature à {application.promotion.name}",
        "dossier": application,
        "promotion": application.promotion,
        "person": application.candidate.get_full_name(),
        "sections": answers_shown(form, application.answers),
        "files": [
            {
                "label": labels.get(file.attachment.question, "Fichier"),
                "name": file.attachment.document.name,
                "digest": file.attachment.document.sha256,
            }
            for file in files_of(application, form)
        ],
    }
    return Order("pdf/dossier.html", context, f"recepisse-{application.number}.pdf")


register(RECEIPT, build_receipt)
