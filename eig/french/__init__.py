"""French words and order: one folding of letters, elision, dates and hours in words.

Rules import `letters` and `dates`, which are plain Python; `order` is SQL.
"""

from eig.french.dates import PARIS, deadline, instant, period
from eig.french.letters import folded, of
from eig.french.order import french
