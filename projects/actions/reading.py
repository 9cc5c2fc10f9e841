"""The readings of projects: what both calls do is in `eig.evaluation`; here, what a project is."""

from functools import partial

from eig.evaluation import actions as evaluation
from eig.juries import actions as juries
from projects.models import Review
from projects.queries.reading import reader_ties

assign_reader = partial(evaluation.assign_reader, Review)
recuse_reader = partial(evaluation.recuse_reader, Review)
take_next = partial(evaluation.take_next, Review, ties=reader_ties)
hand_out_readings = partial(evaluation.hand_out_readings, Review, ties=reader_ties)
ask_reading = partial(evaluation.ask_reading, Review, ties=reader_ties)
dismiss_reader = partial(juries.dismiss_reader, Review)
