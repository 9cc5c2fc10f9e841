"""Promotions hold public words; people appear only as those who did something."""

from eig.personal import Record, Register
from eig.promotions.models import Extension, Figure, Phase, Programme, Promotion, Trade

REGISTER = Register(
    records=(
        Record(model=Programme, plain=("code", "name", "tagline"), searched=False),
        Record(
            model=Promotion,
            plain=("code", "name", "project_conditions", "project_visas", "texts"),
            searched=False,
        ),
        Record(model=Trade, plain=("code", "label"), searched=False),
        Record(model=Phase, kept=("closed_by",), searched=False),
        Record(model=Extension, kept=("published_by",), plain=("reason",)),
        Record(model=Figure, plain=("code", "label", "value", "source"), searched=False),
    ),
)
