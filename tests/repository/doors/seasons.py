"""The charter through the year: what a door answers in each of six states of its promotion (states.py).

Only the doors that depend on the state are here, by rule; any other answers in all six as its room says.
A row is for whoever its room's table opens the door to, or for those it names after an « @ ».

Words of a page: those of the tables. Of a deed: `done`, `refused` (said, and nothing written), `hidden`.
"""

from collections.abc import Mapping

from tests.repository.doors import ACTORS, AWAY, HIDDEN, LOGIN, OPEN

STATES = ("draft", "open", "closed", "jury", "published", "archived")
DONE, REFUSED = "done", "refused"

# draft: nothing has opened, and the calls have no words. open: both calls. closed: readings and preselection.
# jury: projects are revealed, wishes, auditions, deliberation. published: results, answers, mission.
TABLE = """
    door                            draft   open    closed  jury    published archived

    A call is read from the day it has words. What is history has no door to take part.
    projects:project_call           hidden  open    open    open    open    open
    candidates:call                 hidden  open    open    open    open    hidden
    projects:call_brochure_download open    open    open    open    open    hidden
    meetings:webinar_list           open    open    open    open    open    hidden
    meetings:advice_list            open    open    open    open    open    hidden
    projects:project_start          open    open    open    open    open    hidden

    One applies while the call is open; who has an application goes back to it, until the archives.
    candidates:application_start@stranger,agent           refused done    refused refused refused hidden
    candidates:application_start@owner,double             refused refused refused refused refused hidden
    candidates:application_start@reader,aside,staff       refused refused refused refused refused hidden

    A dossier that was begun is written until its call closes, and handed in while it is open.
    projects:project_edit           open    open    away    away    away    away
    projects:revision_restore       done    done    refused refused refused refused
    candidates:application_edit     open    open    away    away    away    away
    candidates:revision_restore     done    done    refused refused refused refused
    candidates:application_submit   refused done    refused refused refused refused
    candidates:staff_pool_tell      refused done    refused refused refused refused

    What a reader was given is theirs to read until the selection of its call closes.
    candidates:review_edit          open    open    open    hidden  hidden  hidden
    candidates:review_sign          open    open    open    hidden  hidden  hidden
    candidates:review_download      open    open    open    hidden  hidden  hidden
    candidates:review_print         refused refused refused hidden  hidden  hidden
    projects:review_edit            open    open    open    hidden  hidden  hidden
    projects:review_sign            open    open    open    hidden  hidden  hidden
    projects:conflict_declare       open    open    open    hidden  hidden  hidden
    projects:review_take            done    done    done    refused refused refused

    A project is published from the day of the reveal.
    projects:staff_project_publish  refused refused refused done    done    done

    Wishes are ranked and certified while « Expression des vœux » is open.
    ranking:choice_add              refused refused refused done    refused refused
    ranking:choice_remove           refused refused refused done    refused refused
    ranking:choice_place            refused refused refused done    refused refused
    ranking:ranking_certify         away    away    away    open    away    away
    ranking:ranking_reopen          refused refused refused done    refused refused
    ranking:ranking_invite          refused refused refused done    refused refused

    The questionnaire is published once the call to candidates is over.
    diversity:staff_answers_publish refused refused done    done    done    done
"""


def seasons(text: str = TABLE) -> dict[tuple[str, str], Mapping[str, str]]:
    """What each state answers, by door and actor; the actor is "" where the row names none."""
    rows: dict[tuple[str, str], Mapping[str, str]] = {}
    for line in text.splitlines():
        name, *words = line.split() or [""]
        if ":" not in name:
            continue  # the rule, in words
        assert len(words) == len(STATES), line
        assert set(words) <= {OPEN, AWAY, HIDDEN, LOGIN, DONE, REFUSED}, line
        door, _, named = name.partition("@")
        for actor in named.split(",") if named else [""]:
            assert actor in {"", *ACTORS}, line
            assert (door, actor) not in rows, line
            rows[door, actor] = dict(zip(STATES, words, strict=True))
    return rows
