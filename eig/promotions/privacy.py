"""Promotions hold public words; people appear only as those who did something."""

from eig.personal import Record, Register
from eig.promotions.models import Extension, Figure, Phase, Programme, Promotion, Trade

RECORDS = (
    Record(Programme, plain="code name tagline", searched=False),
    Record(Promotion, plain="code name project_conditions project_visas texts", searched=False),
    Record(Trade, plain="code label", searched=False),
    Record(Phase, kept="closed_by", searched=False),
    Record(Extension, kept="published_by", plain="reason"),
    Record(Figure, plain="code label value source", searched=False),
)  # fmt: skip

REGISTER = Register(records=RECORDS)
