"""What a copy for the public does not show: figures of fewer than five people, who could be told apart."""

from collections.abc import Sequence

LEAST = 5
HIDDEN = "<5"


def hidden(people: Sequence[int]) -> set[int]:
    """Return the places of the rows that are not shown.

    Those of one to four people; and where that is a single row, which a total would give away, the next smallest too.
    """
    found = {at for at, count in enumerate(people) if 0 < count < LEAST}
    if len(found) == 1:
        others = sorted((count, at) for at, count in enumerate(people) if count and at not in found)
        found |= {at for _, at in others[:1]}
    return found


def hidden_cells(grid: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
    """Return the places of a grid's cells that are not shown, so that no row and no column gives one of them away."""
    covered = [list(row) for row in grid]
    found: set[tuple[int, int]] = set()
    while True:
        more = {(row, at) for row, cells in enumerate(covered) for at in single_out(cells, row, found, by_row=True)}
        for at in range(len(grid[0]) if grid else 0):
            column = [cells[at] for cells in covered]
            more |= {(row, at) for row in single_out(column, at, found | more, by_row=False)}
        if more <= found:
            return found
        found |= more


def single_out(cells: Sequence[int], line: int, found: set[tuple[int, int]], *, by_row: bool) -> set[int]:
    """Return the places of a row or column to hide, given what is hidden already."""
    already = {at for at in range(len(cells)) if ((line, at) if by_row else (at, line)) in found}
    wanted = already | {at for at, count in enumerate(cells) if 0 < count < LEAST}
    if len(wanted) != 1:
        return wanted
    others = sorted((count, at) for at, count in enumerate(cells) if count and at not in wanted)
    return wanted | {at for _, at in others[:1]}
