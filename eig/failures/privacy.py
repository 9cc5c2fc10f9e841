"""Failures name records and errors, never a person."""

from eig.failures.models import Failure
from eig.personal import Record, Register

REGISTER = Register(records=(Record(model=Failure, plain=("key", "deed", "error")),))
