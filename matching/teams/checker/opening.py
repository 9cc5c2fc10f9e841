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
    possible = [project for project in case.instance.projects if _could_live(case, project)]
    return _Proof(case, than).search(case.optimum(possible), kept=case.pinned_projects)


def _could_live(case: Case, project: str) -> bool:
    """Whether the project would reach its minimum if it were the only one."""
    everyone = [person for person, wishes in case.contest.lists.items() if project in wishes]
    return len(case.contest.choose(project, everyone)) >= case.minimum(project)


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
        short = self.case.short(rounds)
        if not short:
            return None
        self.quarrels.append(self.around(rounds, short=short[-1], kept=kept))
        return self.quarrels[-1]

    def around(self, rounds: Rounds, *, short: str, kept: Names) -> Names:
        for project in sorted(rounds.open - {short}, key=lambda name: (name in kept, name)):
            without = rounds.without(project)
            if len(without.teams.get(short, ())) < self.case.minimum(short):
                rounds = without
        return rounds.open
