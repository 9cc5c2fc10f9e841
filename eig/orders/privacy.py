"""Orders hold words of the team; people appear only as those who asked and confirmed."""

from eig.orders.models import Order
from eig.personal import Record, Register

REGISTER = Register(records=(Record(Order, kept="asked_by ended_by", plain="kind title reason given"),))
