"""Past promotions and the people who agreed to be listed."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cohorts.forms import DirectoryFilter
from cohorts.queries import past_promotions, promotion_page
from cohorts.queries.alumni import directory_filtered


@login_not_required
def alumni_list(request: HttpRequest) -> HttpResponse:
    form = DirectoryFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = directory_filtered(
        words=asked.get("q", ""), promotion=asked.get("promotion", ""), trade=asked.get("metier", "")
    )
    page = Paginator(found, 30).get_page(request.GET.get("page"))
    return render(request, "cohorts/alumni_list.html", {"page": page, "form": form})


@login_not_required
def promotion_list(request: HttpRequest) -> HttpResponse:
    return render(request, "cohorts/promotion_list.html", {"promotions": past_promotions()})


@login_not_required
def promotion_detail(request: HttpRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(past_promotions(), code=promotion)
    return render(request, "cohorts/promotion_detail.html", {"page": promotion_page(row), "promotion": row})
