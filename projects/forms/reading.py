"""Give many projects to one reader."""

from eig.evaluation.forms import AssignManyForm
from projects.models import Review


class AssignProjectsForm(AssignManyForm):
    MODEL = Review
