"""What PostgreSQL ends by itself: of two transactions that wait for each other, one; whatever waits too long.

Nothing of an ended transaction is kept. The loser of a clash may be run again at once, as long as nothing
else of the same request was kept; whoever waited too long has waited enough.
"""

from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from psycopg.errors import DeadlockDetected, SerializationFailure
from psycopg.pq import TransactionStatus

# A deadlock, a row held too long, a query too long, a database that restarts or is full.
STOPPED = (OperationalError, InterfaceError)
READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET")


def is_clash(error: BaseException) -> bool:
    return isinstance(error.__cause__, DeadlockDetected | SerializationFailure)


class Commits:
    """Looks at the statements of a request: has any transaction that wrote been committed?

    A rollback is not told from a commit: the answer may be a yes too many, never a no too many.
    """

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self.any = self._writing = False

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        # Between two transactions, what the first one wrote is kept.
        if self._writing and connection.connection.info.transaction_status == TransactionStatus.IDLE:
            self.any = True
        self._writing |= not str(sql).lstrip("( \n").upper().startswith(READS)
        return execute(sql, params, many, context)
