"""The questionnaire, for anybody who holds the shared link; the published counts, for the team."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from eig.accounts.doors import SignedInRequest, grave, staff_only
from eig.diversity.actions import AlreadyCounted, Closed, FormTooOld, collect, new_token, publish
from eig.diversity.forms import Questionnaire
from eig.diversity.queries import is_open, opens, published_on, tables
from eig.diversity.sealing import Unreadable
from eig.promotions.choices import PhaseKind
from eig.promotions.models import Promotion
from eig.promotions.queries import moment, phase_of

UNREADABLE = (
    "Les réponses sont scellées par une clef que le service n’a plus : rien n’est publié ni perdu. "
    "L’exploitation doit remettre l’ancienne valeur de QUESTIONNAIRE_KEY."
)


def _promotion(code: str, key: str) -> Promotion:
    if not opens(key, code):
        raise Http404
    return get_object_or_404(Promotion, code=code)


@login_not_required
def answer_edit(request: HttpRequest, promotion: str, key: str) -> HttpResponse:
    """Nothing is read of who asks; what is sent is not written back, and not logged."""
    row = _promotion(promotion, key)
    if not is_open(row):
        return render(request, "diversity/answer_closed.html", {"promotion": row})
    too_old = False
    if request.method == "POST":
        form = Questionnaire(request.POST)
        answers = {name: str(value) for name, value in request.POST.items() if name != "token"}
        try:
            collect(row.code, answers, token=request.POST.get("token", ""))
        except Closed:
            return render(request, "diversity/answer_closed.html", {"promotion": row})
        except FormTooOld:
            too_old = True
        except Unreadable:
            # `check --deploy --database default` says it to whoever runs the service.
            return render(request, "diversity/answer_later.html", {"promotion": row}, status=503)
        except AlreadyCounted:
            return redirect("diversity:answer_thanks", row.code, key)
        else:
            return redirect("diversity:answer_thanks", row.code, key)
    form = Questionnaire(initial={"token": new_token(row.code)})
    context = {"promotion": row, "form": form, "too_old": too_old}
    return render(request, "diversity/answer_edit.html", context, status=422 if too_old else 200)


@login_not_required
def answer_thanks(request: HttpRequest, promotion: str, key: str) -> HttpResponse:
    return render(request, "diversity/answer_thanks.html", {"promotion": _promotion(promotion, key)})


@staff_only
def staff_answers(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    phase = phase_of(row, PhaseKind.APPLICATIONS)
    context = {
        "promotion": row,
        "tables": tables(row.code),
        "published_on": published_on(row.code),
        "may_publish": phase is not None and phase.is_over(moment(row)) and published_on(row.code) is None,
    }
    return render(request, "diversity/staff/staff_answers.html", context)


@require_POST
@staff_only
@grave
def staff_answers_publish(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    phase = phase_of(row, PhaseKind.APPLICATIONS)
    if phase is None or not phase.is_over(moment(row)):
        messages.error(request, "Le questionnaire se clôt après l’appel à candidatures.")
    else:
        try:
            if publish(row.code, on=timezone.localdate()):
                messages.success(request, "Le questionnaire est clos ; les comptages sont publiés.")
        except Unreadable:
            messages.error(request, UNREADABLE)
    return redirect("diversity:staff_answers", row.code)
