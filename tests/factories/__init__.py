"""Records for tests, by the real actions where there are some."""

import os
from collections.abc import Iterator
from itertools import count


def numbers() -> Iterator[int]:
    """From a start of this process's own: the world that another process built holds numbered people too."""
    return count(1 + 10_000 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]))
