"""Who is heard for which project: `allocate_auditions`, from an `audition` instance to its result.

Three rounds (`docs/algorithm.md`): a first audition each, from the candidates' own lists; another project
offered to those who got none; second auditions with what is left. Pure Python: the same instance gives the
same bytes.
"""

from matching.interviews.allocation.solve import allocate_auditions
