"""The days of juries on paper, and a juror's calendar: the same doors for both kinds of juries."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect

from eig.accounts.doors import SignedInRequest
from eig.deeds import Doing
from eig.documents.doors import serve
from eig.documents.printing import ask_print, ready_document
from eig.juries.documents import seat_event
from eig.juries.kinds import P, S, Table
from eig.juries.queries import seats_told
from eig.meetings.views.calendar import ics
from eig.promotions.models import Promotion
from eig.promotions.queries import moment


@dataclass(frozen=True, slots=True)
class Paper:
    """A plan to print: the kind of print, its title, the door of the page where it is asked."""

    kind: str
    title: str
    page: str


def print_paper(request: SignedInRequest, row: Promotion, paper: Paper) -> HttpResponse:
    said = "Le document est en préparation. Il sera prêt dans quelques instants."
    with Doing(request, (), said=said, prints=True):
        title = f"{paper.title}, {row.name}"
        ask_print(paper.kind, subject_id=row.pk, title=title, by=request.user, at=moment(row))
    return redirect(paper.page, row.code)


def download_paper(request: SignedInRequest, row: Promotion, paper: Paper) -> FileResponse | HttpResponse:
    document = ready_document(paper.kind, row.pk)
    if document is None:
        messages.error(request, "Le document n’a pas encore été mis en page.")
        return redirect(paper.page, row.code)
    return serve(document)


def seats_calendar(request: SignedInRequest, table: Table[P, S], *, name: str) -> HttpResponse:
    """What a juror's calendar should hold of the juries that they were told of."""
    events = [seat_event(table, seat) for seat in seats_told(table, request.user)]
    return ics(events, name=name, title=f"{table.name} EIG")
