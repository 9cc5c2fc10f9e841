"""Failures name records and errors, never a person."""

from eig.failures.models import Failure
from eig.personal import Record, Register

REGISTER = Register(records=(Record(Failure, plain="key deed error"),))
