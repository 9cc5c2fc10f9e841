"""Staff: the list of applications."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from candidates.choices import Status
from candidates.queries import APPLICATIONS, status_counts
from eig.accounts.doors import SignedInRequest, staff_only
from eig.listing.views import list_page
from eig.promotions.models import Promotion

COUNTED = {
    Status.SUBMITTED: "en lecture",
    Status.SHORTLISTED: "présélectionnées",
    Status.RESERVED: "en liste complémentaire",
    Status.DECLINED: "non retenues",
    Status.INELIGIBLE: "inéligibles",
    Status.WITHDRAWN: "retirées",
}


@staff_only
def staff_application_list(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    counts = status_counts(row)
    return list_page(
        request,
        row,
        APPLICATIONS,
        template="candidates/staff/staff_application_list.html",
        counts=[(label, counts[code]) for code, label in COUNTED.items()],
        handed_in=sum(counts.values()),
        export_full="dossiers",
        export_full_label="Dossiers complets",
    )
