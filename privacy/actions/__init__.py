"""Do: erase, purge, copy, correct, set how long."""

from privacy.actions.copying import ask_copy, make_next_copy, remove_expired_copies
from privacy.actions.correcting import correct_name
from privacy.actions.erasing import NotYet, erase_person, erase_records
from privacy.actions.purging import give_notices, purge
from privacy.actions.retention import set_lengths
