"""The search in a process of its own: it can be stopped at once, and gives its memory back.

One request on standard input, `{"instance": …, "grouped": …, "seconds": …}`. On the output, one JSON a line:
`{"stage": …, "percent": …}` while it searches, `{"result": …}` at the end.
"""

import json
import sys

from matching.interviews.timetable.instance import read_timetable
from matching.interviews.timetable.moves import replan
from matching.interviews.timetable.solve import Options, plan


def _say(**words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main() -> None:
    request = json.load(sys.stdin)
    instance = read_timetable(request["instance"])
    options = Options(
        seconds=request.get("seconds"),
        grouped=bool(request.get("grouped")),
        tell=lambda stage, percent: _say(stage=stage, percent=percent),
    )
    _say(result=replan(instance, options) if instance.current.schedule else plan(instance, options))


if __name__ == "__main__":
    main()
