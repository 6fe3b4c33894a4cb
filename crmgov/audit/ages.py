"""How long things have existed."""

from typing import NamedTuple


class Age(NamedTuple):
    """Days a resource has existed, or has ``at_least``.

    ``with_object``: a field made together with its object is as old as any record there, so its youth makes nothing
    look emptier than it is.
    """

    days: int
    at_least: bool = False
    with_object: bool = False

    def young(self, days: int) -> bool:
        """Whether it is known to be younger than that, and than records it could be filled on."""
        return self.days < days and not self.at_least and not self.with_object

    def settled(self, days: int) -> bool:
        """Whether it is known to have had that long to be filled."""
        return self.days >= days or self.with_object
