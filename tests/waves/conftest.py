import pytest

from tests.waves.calls import CALLS, Call


@pytest.fixture(params=list(CALLS))
def call(request: pytest.FixtureRequest) -> Call:
    """Both calls decide in the same waves: each rule is asked of both."""
    return CALLS[request.param]
