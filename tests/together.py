"""Real threads on PostgreSQL, for tests of races."""

import threading
from collections.abc import Callable

from django.db import connection, transaction


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


def second_while_first(first: Callable[[], object], second: Callable[[], object]) -> BaseException | None:
    """Begin `second` while `first` is done and not committed; what `second` raised."""
    raised: list[BaseException] = []
    done = threading.Event()

    def run() -> None:
        try:
            second()
        except BaseException as error:  # noqa: BLE001 - the test judges it
            raised.append(error)
        finally:
            connection.close()
            done.set()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        first()
        thread.start()
        assert not done.wait(0.5), "the second did not wait for the first"
    thread.join(20)
    assert done.is_set()
    return raised[0] if raised else None
