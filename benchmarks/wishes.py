"""People change their lists of wishes while the team closes them: what is kept is what was certified last.

    bin/run python benchmarks/wishes.py [--closings 10] [--people 50]

In a database of its own. At each closing everybody takes their list up again, swaps two projects and
certifies, every other second or so, until they are told that it is over; each keeps a ledger of the last
order that was accepted. What must hold: the frozen lists are those of the ledgers, all of them and no other.
"""

import argparse
import random
import threading
import time
from collections.abc import Sequence
from typing import Any

from stand import end, forget_connection, open_call, own_database, tell

Ledger = dict[str, list[str] | None]


PAUSE = (0.2, 3)


def change_until_closed(row: Any, projects: Sequence[Any], ledger: Ledger, start: threading.Barrier) -> int:
    """How many times the list was certified again."""
    from eig.promotions.gate import PhaseNotOpen
    from matching.ranking import actions

    code, by, order = str(row.application.code), row.application.candidate, list(projects)
    done, dice = 0, random.Random(code)
    start.wait()
    try:
        while True:
            time.sleep(dice.uniform(*PAUSE))
            actions.reopen_ranking(row, by=by)
            ledger[code] = None
            actions.move_choice(row, project=order[-1], up=True, version=row.version, by=by)
            order[-2:] = order[:-3:-1]
            actions.certify_ranking(row, by=by)
            ledger[code] = [str(project.code) for project in order]
            done += 1
    except PhaseNotOpen:
        return done
    finally:
        forget_connection()


def closing(rank: int, people: int, dice: random.Random) -> tuple[float, int, int, int]:
    """Seconds it took, people, changes accepted, lists that are not those of the ledger."""
    from matching.ranking import actions
    from tests.factories.ranking import published_project, ranking, shortlisted
    from tests.people import person

    named = {"code": f"closing-{rank}", "name": f"Clôture {rank}", "number": 100 + rank}
    promotion = open_call(**named)
    projects = [published_project(promotion) for _ in range(3)]
    rows = [ranking(shortlisted(promotion), projects, certified=True) for _ in range(people)]
    staff = person("Diane", f"Delmas{rank}", staff=True)
    ledger: Ledger = {str(row.application.code): [str(project.code) for project in projects] for row in rows}
    start, changes = threading.Barrier(people + 1), list[int]()

    def change(row: Any) -> None:
        changes.append(change_until_closed(row, projects, ledger, start))

    threads = [threading.Thread(target=change, args=(row,)) for row in rows]
    for thread in threads:
        thread.start()
    start.wait()
    time.sleep(dice.uniform(3, 6))
    began = time.monotonic()
    actions.close_rankings(promotion, by=staff)
    lasted = time.monotonic() - began
    for thread in threads:
        thread.join()
    kept = {row["application"]: row["wishes"] for row in promotion.ranking_snapshots.get().lists}
    wrong = [code for code, wishes in ledger.items() if kept.get(code) != wishes]
    return lasted, len(changes), sum(changes), len(wrong) + len(set(kept) - set(ledger))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--closings", type=int, default=10)
    asked.add_argument("--people", type=int, default=50)
    options = asked.parse_args()
    dice = random.Random(8)
    with own_database():
        seen = [closing(rank, options.people, dice) for rank in range(1, options.closings + 1)]
        forget_connection()
    waited, *columns = zip(*seen, strict=True)
    lists, changes, wrong = map(sum, columns)
    tell({"closings": len(seen), "lists": lists, "changes accepted": changes, "not as certified": wrong})
    tell({"seconds to close, at most": f"{max(waited):.1f}"})
    end(
        ["lists that are not the last certified"]
        if wrong or lists < options.closings * options.people
        else []
    )


if __name__ == "__main__":
    main()
