"""Staff: the preselection board. What keeping so many of each trade would give, beside what projects need."""

from collections.abc import Mapping, Sequence

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render

from candidates.queries import applications_not_ready, standings
from candidates.rules import Standing
from candidates.rules.board import TradeLine, TradeNeed, board_total, trade_line
from eig.accounts.doors import SignedInRequest, staff_only
from eig.design.templatetags.words import counted
from eig.evaluation.choices import Stage
from eig.evaluation.queries import grid_of
from eig.evaluation.rules import shown_score
from eig.promotions.models import Promotion, Trade
from eig.waves.choices import WaveSubject
from eig.waves.queries import waves_prepared
from journey.queries.shortlist import projects_by_trade, seats_by_trade

USUAL_AUDITIONS = 4


class BoardForm(forms.Form):
    """Numbers to try; nothing is kept, nothing is decided."""

    per_seat = forms.IntegerField(
        label="Auditions par place", min_value=1, max_value=20, required=False, initial=USUAL_AUDITIONS
    )

    def __init__(self, data: QueryDict, *, trades: Sequence[Trade]) -> None:
        super().__init__({"per_seat": USUAL_AUDITIONS, **data.dict()}, auto_id="essai_%s")
        self.trades = trades
        for trade in trades:
            self.fields[f"top_{trade.code}"] = forms.IntegerField(
                label=f"{trade.label} : présélectionner", min_value=0, max_value=1000, required=False
            )

    def per_seat_value(self) -> int:
        self.is_valid()
        return self.cleaned_data.get("per_seat") or USUAL_AUDITIONS

    def top_of(self, trade: Trade) -> int | None:
        self.is_valid()
        value: int | None = self.cleaned_data.get(f"top_{trade.code}")
        return value


@staff_only
def staff_shortlist_board(request: SignedInRequest, promotion: str) -> HttpResponse:
    row = get_object_or_404(Promotion, code=promotion)
    weight = grid_of(row, Stage.APPLICATION_READING).total_weight
    trades = list(row.trades.filter(opened=True).order_by("rank", "pk"))
    form = BoardForm(request.GET, trades=trades)
    ready, seats, projects = standings(row), seats_by_trade(row), projects_by_trade(row)
    lines = _lines(form, trades, ready, seats)
    tops = {line.trade: line.asked for line in lines}
    labels = {trade.code: trade.label for trade in trades}
    total, room = board_total(ready, tops=tops), sum(line.need.auditions for line in lines)
    context = {
        "promotion": row,
        "form": form,
        "rows": [
            {
                "line": line,
                "label": labels[line.trade],
                "name": f"top_{line.trade}",
                "projects": projects.get(line.trade, 0),
                "last": shown_score(line.last, weight=weight),
                "first_out": shown_score(line.first_out, weight=weight),
                "per_seat": f"{line.per_seat_times_ten // 10},{line.per_seat_times_ten % 10}",
                "is_short": line.waiting > 0 and line.kept < line.need.seats,
                "is_over": line.kept > line.need.auditions > 0,
                "bar": min(line.kept, line.need.auditions),
            }
            for line in lines
        ],
        "total": total,
        "room": room,
        "seats": sum(seats.values()),
        "ready": len(ready),
        "not_ready": applications_not_ready(row),
        "per_seat": form.per_seat_value(),
        "waves": waves_prepared(row, WaveSubject.APPLICATIONS),
        "is_over": total > room > 0,
        "headline": f"{counted(total, 'personne présélectionnée,personnes présélectionnées')}, "
        f"pour {counted(room, 'audition possible,auditions possibles')}",
    }
    return render(request, "journey/staff/staff_shortlist_board.html", context)


def _lines(
    form: BoardForm, trades: Sequence[Trade], ready: Sequence[Standing], seats: Mapping[str, int]
) -> list[TradeLine]:
    """Unless told otherwise, a trade keeps as many people as its seats can hear."""
    per_seat = form.per_seat_value()
    found = []
    for trade in trades:
        need = TradeNeed(seats.get(trade.code, 0), per_seat)
        given = form.top_of(trade)
        asked = need.auditions if given is None else given
        found.append(trade_line(trade.code, ready, asked=asked, need=need))
    return found
