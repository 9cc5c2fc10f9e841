"""Each test of this room is run on both calls."""

import pytest

from tests.evaluation.calls import CANDIDATES, PROJECTS, Call


@pytest.fixture(params=[PROJECTS, CANDIDATES], ids=lambda call: call.app)
def call(request: pytest.FixtureRequest) -> Call:
    return request.param
