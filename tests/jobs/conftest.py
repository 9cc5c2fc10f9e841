"""What these tests print and export is no document of ours: the registers are given back as they were."""

from collections.abc import Iterator

import pytest

from eig.documents.printing import builders
from eig.exports import sources


@pytest.fixture(autouse=True)
def _registers_are_given_back() -> Iterator[None]:
    registers = (builders, sources._sources)
    kept = [dict(register) for register in registers]
    yield
    for register, before in zip(registers, kept, strict=True):
        register.clear()
        register.update(before)
