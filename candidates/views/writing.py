"""The years of experience, counted from periods."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from candidates.forms.experience import PeriodFormSet, periods_of
from candidates.queries import own_applications
from candidates.views.desk import DESK
from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.design.rows import one_more
from eig.dossiers.actions import DossierClosed, Seen, StaleVersion
from eig.dossiers.choices import FormKind, QuestionType
from eig.dossiers.queries import form_of
from eig.dossiers.rules import Experience, experience
from eig.dossiers.views.writing import read_only, writing
from eig.promotions.queries import moment, pay_grid
from eig.promotions.rules import net_monthly_pay


def experience_calculate(request: SignedInRequest, code: str) -> HttpResponse:
    """From periods of work to whole years. Nothing is kept of the periods; the years, if asked."""
    application = get_object_or_404(own_applications(request.user), code=code)
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
            desk = writing(request, DESK, application)
            with Doing(request, (DossierClosed, StaleVersion), refused=messages.warning) as done:
                desk.save(section=section, answers={question.code: years}, version=Seen(application.version))
                done.said = f"Vos années d’expérience sont notées : {years}."
            return redirect(DESK.section_of(application, section.code))
    grid = pay_grid(application.promotion)
    context = {
        "application": application,
        "promotion": application.promotion,
        "formset": formset,
        "found": found,
        "pay": net_monthly_pay(found.years, grid) if found else None,
        "back": DESK.section_of(application, section.code),
        "may_keep": not read_only(DESK, application),
    }
    wrong = data is not None and "add_row" not in data and not formset.is_valid()
    return render(request, "candidates/experience_calculate.html", context, status=422 if wrong else 200)
