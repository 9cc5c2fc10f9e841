"""One call of CP-SAT: its limits, its seed, what it found and what it proved."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ortools.sat.python import cp_model

SEED = 2026
WORKERS = 1

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Found(Generic[Answer]):
    answer: Answer | None
    proven: bool
    """Whether the solver showed that nothing is better, or that nothing is possible."""
    bound: int
    """No answer has a greater objective (when maximising), or a smaller one."""


class Search(ABC, Generic[Answer]):
    """A model and how it is solved; a subclass says how its variables are read."""

    def __init__(self) -> None:
        self.model = cp_model.CpModel()

    def bool(self) -> Any:
        return self.model.new_bool_var("")

    @abstractmethod
    def read(self, value: Any) -> Answer:
        """The answer that a solution says; `value` reads a variable of the model."""

    def solve(self, *, seconds: float | None = None, effort: float | None = None) -> Found[Answer]:
        """`effort` is CP-SAT's deterministic time: the same answer whatever else the machine does."""
        solver = cp_model.CpSolver()
        solver.parameters.catch_sigint_signal = False
        solver.parameters.num_workers = WORKERS
        solver.parameters.random_seed = SEED
        if seconds is not None:
            solver.parameters.max_time_in_seconds = seconds
        if effort is not None:
            solver.parameters.max_deterministic_time = effort
        status = solver.solve(self.model)
        if status == cp_model.MODEL_INVALID:
            raise RuntimeError(self.model.validate())
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        return Found(
            answer=self.read(solver.value) if found else None,
            proven=status in (cp_model.OPTIMAL, cp_model.INFEASIBLE),
            bound=int(solver.best_objective_bound),
        )


def total(variables: Iterable[Any]) -> Any:
    return cp_model.LinearExpr.sum(list(variables))
