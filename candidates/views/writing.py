"""Answers saved as they are typed, their history, and the years of experience counted from periods."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from candidates.actions import save_application_section
from candidates.choices import Status
from candidates.forms.experience import PeriodFormSet, periods_of
from candidates.models import Application
from candidates.queries import own_applications
from candidates.views.candidate import read_only
from candidates.views.section import address_of, answers_url
from eig.accounts.doors import SignedInRequest
from eig.design.rows import one_more
from eig.dossiers.actions import DossierClosed, Seen, StaleVersion
from eig.dossiers.choices import FormKind, QuestionType
from eig.dossiers.queries import call_is_over, form_of, with_answer
from eig.dossiers.rules import Experience, experience
from eig.dossiers.views.answer import Desk, answer, version_seen
from eig.dossiers.views.history import history_context, restore
from eig.promotions.choices import PhaseKind
from eig.promotions.queries import moment, pay_grid
from eig.promotions.rules import net_monthly_pay


def _own(request: SignedInRequest, code: str) -> Application:
    return get_object_or_404(own_applications(request.user), code=code)


def _desk(request: SignedInRequest, application: Application) -> Desk:
    return Desk(
        application,
        FormKind.APPLICATION,
        partial(address_of, application),
        answers_url(application),
        partial(save_application_section, application, by=request.user, at=moment(application.promotion)),
    )


def answer_save(request: SignedInRequest, code: str, question: str) -> HttpResponse:
    """One answer, as it is typed; by GET, the question as it is stored."""
    rows = with_answer(
        own_applications(request.user),
        kind=FormKind.APPLICATION,
        question=question,
        version=version_seen(request, question),
    ).annotate(call_over=call_is_over(PhaseKind.APPLICATIONS))
    return answer(request, _desk(request, get_object_or_404(rows, code=code)), question)


def revision_list(request: SignedInRequest, code: str) -> HttpResponse:
    """What the person wrote, and when."""
    application = _own(request, code)
    context = history_context(request, _desk(request, application)) | {
        "application": application,
        "promotion": application.promotion,
        "may_write": application.status == Status.DRAFT and not read_only(application),
    }
    return render(request, "candidates/revision_list.html", context)


@require_POST
def revision_restore(request: SignedInRequest, code: str) -> HttpResponse:
    restore(request, _desk(request, _own(request, code)))
    return redirect("candidates:revision_list", code)


def experience_calculate(request: SignedInRequest, code: str) -> HttpResponse:
    """From periods of work to whole years. Nothing is kept of the periods; the years, if asked."""
    application = _own(request, code)
    form = form_of(application.promotion, FormKind.APPLICATION)
    question = next((item for item in form.questions() if item.type == QuestionType.YEARS), None)
    section = next((item for item in form.sections if question in item.questions), form.sections[0])
    data: QueryDict | None = request.POST if request.method == "POST" else None
    if data is not None and "add_row" in data:
        data = one_more(data, "periods")
    today = moment(application.promotion).date()
    formset = PeriodFormSet(data, prefix="periods", form_kwargs={"today": today})
    found: Experience | None = None
    if data is not None and formset.is_valid():
        found = experience(periods_of(formset))
        if "keep" in data and question is not None:
            years = min(found.years, question.option("maximum", 60))
            desk = _desk(request, application)
            try:
                desk.save(section=section, answers={question.code: years}, version=Seen(application.version))
            except (DossierClosed, StaleVersion) as reason:
                messages.warning(request, str(reason))
            else:
                messages.success(request, f"Vos années d’expérience sont notées : {years}.")
            return redirect(address_of(application, section.code))
    grid = pay_grid(application.promotion)
    context = {
        "application": application,
        "promotion": application.promotion,
        "formset": formset,
        "found": found,
        "pay": net_monthly_pay(found.years, grid) if found else None,
        "back": address_of(application, section.code),
        "may_keep": not read_only(application),
    }
    wrong = data is not None and "add_row" not in data and not formset.is_valid()
    return render(request, "candidates/experience_calculate.html", context, status=422 if wrong else 200)
