"""Proof that no other set of open projects is better than the one given.

Sets are explored by closing projects from all open. A set whose own matching is not worth more than the given
one has no subset worth more: closing helps no candidate. Where some project is short, the projects that make
it so are found (keep closing others as long as it stays short), and one of them must close.
"""

from dataclasses import dataclass, field

from matching.stable.proof.rounds import Rounds
from matching.teams.checker.case import Case, Worth

Names = frozenset[str]


def better_opening(case: Case, *, than: Worth) -> Rounds | None:
    """A feasible opening that is worth more, None when there is none."""
    return _Proof(case, than).search(case.optimum(case.instance.projects), kept=case.pinned_projects)


@dataclass(slots=True)
class _Proof:
    case: Case
    claimed: Worth
    quarrels: list[Names] = field(default_factory=list)
    """Sets of projects, as small as can be, that cannot all be open."""

    def search(self, rounds: Rounds, *, kept: Names) -> Rounds | None:
        if self.cannot_exceed(rounds, kept=kept):
            return None
        quarrel = self.quarrel(rounds, kept=kept)
        if quarrel is None:
            return rounds
        for project in sorted(quarrel - kept):
            better = self.search(rounds.without(project), kept=kept)
            if better is not None:
                return better
            kept |= {project}
        return None

    def cannot_exceed(self, rounds: Rounds, *, kept: Names) -> bool:
        if len(rounds.open) < self.claimed[0]:
            return True
        opened, placed, profile, flags = self.case.worth(rounds)
        if opened - self.closures(rounds.open, kept=kept) < self.claimed[0]:
            return True
        minima = sorted(self.case.minimum(project) for project in rounds.open)
        while minima and sum(minima) > placed:
            minima.pop()
        return (len(minima), placed, profile, flags) <= self.claimed

    def closures(self, opened: Names, *, kept: Names) -> int:
        """Quarrels that share no project that may close: each costs one."""
        spent: Names = frozenset()
        count = 0
        for quarrel in self.quarrels:
            if quarrel <= opened and not (quarrel - kept) & spent:
                spent |= quarrel - kept
                count += 1
        return count

    def quarrel(self, rounds: Rounds, *, kept: Names) -> Names | None:
        """One of those inside the open set, with the fewest projects that may close; None when nobody is
        short.
        """
        inside = [quarrel for quarrel in self.quarrels if quarrel <= rounds.open]
        if inside:
            return min(inside, key=lambda quarrel: len(quarrel - kept))
        found = [self.around(rounds, short=project, kept=kept) for project in self.case.short(rounds)]
        if not found:
            return None
        best = min(found, key=lambda quarrel: len(quarrel - kept))
        self.quarrels.append(best)
        return best

    def around(self, rounds: Rounds, *, short: str, kept: Names) -> Names:
        for project in sorted(rounds.open - {short}, key=lambda name: (name in kept, name)):
            without = rounds.without(project)
            if short in self.case.short(without):
                rounds = without
        return rounds.open
