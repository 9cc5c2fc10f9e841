"""A reminder leaves to who still has it to do: asked when it leaves, not only when it is written.

A relay that was down, a worker that was late: what was to be done may be done since.
"""

from collections.abc import Callable, Sequence

from eig.mail.models import Message

# Kind of letter → whether its reason still holds, from the parts of its key.
NEEDS: dict[str, Callable[[Sequence[str]], bool]] = {}


def is_needed(message: Message) -> bool:
    need = NEEDS.get(message.kind)
    return need is None or need(message.key.split(":"))
