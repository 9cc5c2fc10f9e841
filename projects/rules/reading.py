"""Which project a reader is handed next."""

from collections.abc import Collection, Mapping


def next_project(
    wanted: Mapping[int, int], signed: Mapping[int, int], *, barred: Collection[int]
) -> int | None:
    """The project that lacks readings most, then the least signed, then the first come.

    `wanted` is how many readings each project lacks; `barred` what this reader may not read.
    """
    open_ones = [project for project, lacks in wanted.items() if lacks > 0 and project not in barred]
    return min(
        open_ones, key=lambda project: (-wanted[project], signed.get(project, 0), project), default=None
    )
