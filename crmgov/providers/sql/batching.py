"""Operations grouped into transactions."""

from collections.abc import Sequence

from crmgov.model.canonical import digest_of
from crmgov.model.operations import Batch, Operation

SIZE = 1000
"""Operations in one transaction at most: a plan of ordinary size is done whole or not at all, a huge one does not
hold its locks for ever."""


def batches(run: str, operations: Sequence[Operation], size: int = SIZE) -> list[Batch]:
    """Ordered operations as batches of one transaction each; order is kept."""
    groups = [tuple(operations[start : start + size]) for start in range(0, len(operations), size)]
    return [
        Batch(run=run, number=number, operations=group, atomic=True, digest=digest_of([run, number, group]))
        for number, group in enumerate(groups, start=1)
    ]
