"""The former texts of a draft: who wrote what, and going back to one of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest

from eig.dossiers.actions import AnswerRefused, DossierClosed, Seen, StaleVersion
from eig.dossiers.queries import form_of, question_of, revision_of, sittings
from eig.dossiers.views.answer import Desk

PER_PAGE = 20


def history_context(request: HttpRequest, desk: Desk) -> dict[str, object]:
    """What `dossiers/history.html` prints; `?question=` keeps one answer only."""
    form = form_of(desk.promotion, desk.kind)
    asked = request.GET.get("question", "")
    question = form.question(asked)
    found = sittings(desk.dossier, form, question=asked if question else "")
    return {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "question": question,
        "version": desk.dossier.version,
        "address": request.path,
    }


def restore(request: HttpRequest, desk: Desk) -> str:
    """Put a former text back; returns the code of its section. The text it replaces stays in the history."""
    code, version = str(request.POST.get("question") or ""), str(request.POST.get("of") or "")
    found = question_of(desk.promotion, desk.kind, code)
    row = (
        revision_of(desk.dossier, question=code, version=int(version))
        if version.isdecimal() and len(version) < 9
        else None
    )
    if found is None:
        raise Http404
    if row is None or row.before is None:
        messages.warning(request, "Cet ancien texte n’est plus gardé.")
        return found[0].code
    section, _ = found
    said = f"« {section.questions[0].label} » : l’ancien texte est revenu."
    try:
        desk.save(section=section, answers={code: row.before}, version=Seen(_seen(request)))
    except StaleVersion:
        messages.warning(request, "Quelqu’un vient de modifier ce texte : regardez-le avant d’y revenir.")
    except (DossierClosed, AnswerRefused) as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, said)
    return section.code


def _seen(request: HttpRequest) -> int:
    said = str(request.POST.get("version") or "")
    return int(said) if said.isdecimal() and len(said) < 9 else 0
