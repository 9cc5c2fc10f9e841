"""Exports: files that hold many people, kept a few days; an erasure deletes those that exist."""

from eig.exports.models import Export
from eig.personal import Record, Register

REGISTER = Register(records=(Record(Export, kept="asked_by given", plain="kind title error"),))
