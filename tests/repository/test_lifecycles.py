"""Each state of a record is explained in a sentence, where its codes are."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import TextChoices

WITH_STATES = [model for model in apps.get_models() if "LIFECYCLE" in vars(model)]


def choices_of(model: Any) -> type[TextChoices]:
    return type(next(iter(model.LIFECYCLE)))


@pytest.mark.parametrize("model", WITH_STATES, ids=lambda model: model._meta.label)
def test_every_state_has_its_sentence(model: Any) -> None:
    choices = choices_of(model)
    lines = (choices.__doc__ or "").splitlines()
    told = [line.split(":", 1)[0].strip() for line in lines if ":" in line and line.rstrip().endswith(".")]
    assert [state for state in choices.values if state not in told] == []


def test_lifecycles_are_found() -> None:
    assert len(WITH_STATES) > 15
