"""Real threads on PostgreSQL, for tests of races."""

import threading
from collections.abc import Callable

from django.db import connection


def together(*deeds: Callable[[], object]) -> list[BaseException]:
    """Run the deeds at the same instant, each on its own connection; returns what they raised."""
    start = threading.Barrier(len(deeds))
    raised: list[BaseException] = []

    def run(deed: Callable[[], object]) -> None:
        try:
            start.wait()
            deed()
        except BaseException as error:  # noqa: BLE001 - the test judges it
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised
