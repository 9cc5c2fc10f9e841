"""Staff: applications that look alike, compared side by side, concluded upon."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from candidates.actions import AlreadyRuled, NotAPair, keep_both, set_one_aside
from candidates.choices import Status
from candidates.forms import DuplicateForm
from candidates.models import Application
from candidates.queries import applications_listed, duplicate_pairs, pair_of, pairs_shown, rulings
from candidates.queries.columns import BADGES
from eig.accounts.doors import SignedInRequest, staff_only
from eig.deeds import Doing
from eig.design.answers import form_page, posted
from eig.dossiers.choices import FormKind
from eig.dossiers.queries import form_of
from eig.dossiers.rules import FormView, answers_shown
from eig.journal.doors import shows
from eig.lifecycle import IllegalMove
from eig.mail.tasks import wake_after_commit
from eig.promotions.models import Promotion
from eig.promotions.queries import moment

PAGE = 20


@staff_only
def staff_duplicate_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    page = Paginator(duplicate_pairs(row), PAGE).get_page(request.GET.get("page"))
    context = {
        "promotion": row,
        "page": page,
        "pairs": pairs_shown(row, page),
        "rulings": rulings(row).select_related("first", "second")[:PAGE],
    }
    return render(request, "candidates/staff/staff_duplicate_list.html", context)


@dataclass(frozen=True, slots=True)
class Line:
    """One answer of two dossiers, side by side."""

    label: str
    values: Sequence[str]

    @property
    def is_same(self) -> bool:
        return len(set(self.values)) == 1


def _lines(form: FormView, pair: Sequence[Application]) -> list[Line]:
    shown = [
        {
            answer.code: (answer.label, answer.text)
            for part in answers_shown(form, row.answers)
            for answer in part.answers
        }
        for row in pair
    ]
    codes = dict.fromkeys(code for answers in shown for code in answers)
    return [
        Line(
            next(answers[code][0] for answers in shown if code in answers),
            [answers.get(code, ("", "–"))[1] or "–" for answers in shown],
        )
        for code in codes
    ]


@staff_only
def staff_duplicate_detail(request: SignedInRequest, promotion: str, first: str, second: str) -> HttpResponse:
    """Two applications side by side; what is concluded of them."""
    row = get_object_or_404(Promotion, code=promotion)
    one, two = (get_object_or_404(applications_listed(row), code=code) for code in (first, second))
    shows(request, one, two)
    pair = pair_of(row, one, two)
    both = (pair.first, pair.second)
    form = DuplicateForm(posted(request), pair=both)
    if request.method == "POST" and form.is_valid():
        return _conclude(request, row, both, form)
    context = {
        "promotion": row,
        "pair": pair,
        "sides": [(item, BADGES.get(Status(item.status), "")) for item in both],
        "lines": _lines(form_of(row, FormKind.APPLICATION), both),
        "form": form,
    }
    return form_page(request, "candidates/staff/staff_duplicate_detail.html", context)


def _conclude(
    request: SignedInRequest, promotion: Promotion, pair: tuple[Application, Application], form: DuplicateForm
) -> HttpResponse:
    conclusion, reason = form.cleaned_data["conclusion"], form.cleaned_data["reason"]
    at = moment(promotion)
    with Doing(request, (AlreadyRuled, NotAPair, IllegalMove)) as done:
        if conclusion == "distinct":
            keep_both(promotion, pair=pair, reason=reason, by=request.user, at=at)
            said = "Les deux candidatures restent en lecture."
        else:
            aside, kept = pair if str(pair[0].code) == conclusion else pair[::-1]
            set_one_aside(promotion, aside=aside, kept=kept, reason=reason, by=request.user, at=at)
            wake_after_commit()
            said = f"{aside} est mise de côté ; la personne en est informée."
        done.said = said
    return redirect("candidates:staff_duplicate_list", promotion.code)
