"""The whole register, from the `privacy.py` of every package.

A new package adds one line here, and a test says so.
"""

from collections.abc import Iterator

from candidates.privacy import REGISTER as CANDIDATES
from cohorts.privacy import REGISTER as COHORTS
from eig.accounts.privacy import REGISTER as ACCOUNTS
from eig.documents.privacy import REGISTER as DOCUMENTS
from eig.dossiers.privacy import REGISTER as DOSSIERS
from eig.evaluation.privacy import REGISTER as EVALUATION
from eig.exports.privacy import REGISTER as EXPORTS
from eig.failures.privacy import REGISTER as FAILURES
from eig.journal.privacy import REGISTER as JOURNAL
from eig.juries.privacy import REGISTER as JURIES
from eig.listing.privacy import REGISTER as LISTING
from eig.mail.privacy import REGISTER as MAIL
from eig.meetings.privacy import REGISTER as MEETINGS
from eig.orders.privacy import REGISTER as ORDERS
from eig.personal import Clock, Purpose, Record, Register
from eig.promotions.privacy import REGISTER as PROMOTIONS
from eig.waves.privacy import REGISTER as WAVES
from matching.interviews.privacy import REGISTER as INTERVIEWS
from matching.ranking.privacy import REGISTER as RANKING
from matching.teams.privacy import REGISTER as TEAMS
from privacy.privacy import REGISTER as PRIVACY
from projects.privacy import REGISTER as PROJECTS

# From the roof down: what points to others is deleted before what it points to.
REGISTERS: tuple[Register, ...] = (
    PRIVACY,
    COHORTS,
    TEAMS,
    INTERVIEWS,
    RANKING,
    PROJECTS,
    CANDIDATES,
    JURIES,
    MEETINGS,
    WAVES,
    EXPORTS,
    ORDERS,
    LISTING,
    EVALUATION,
    DOSSIERS,
    PROMOTIONS,
    DOCUMENTS,
    MAIL,
    FAILURES,
    JOURNAL,
    ACCOUNTS,
)


def records() -> Iterator[Record]:
    for register in REGISTERS:
        yield from register.records


def clocks() -> dict[str, Clock]:
    return {clock.code: clock for register in REGISTERS for clock in register.clocks}


def purposes() -> dict[str, Purpose]:
    """In the order in which a person lives them: the account first."""
    ordered = (
        ACCOUNTS, CANDIDATES, RANKING, INTERVIEWS, TEAMS, COHORTS, PROJECTS, EVALUATION, JURIES, MEETINGS,
        DOCUMENTS, MAIL,
        JOURNAL, PRIVACY, DOSSIERS, PROMOTIONS,
    )  # fmt: skip
    return {purpose.code: purpose for register in ordered for purpose in register.purposes}


def print_subjects() -> dict[str, str]:
    return {kind: subject for register in REGISTERS for kind, subject in register.prints.items()}
