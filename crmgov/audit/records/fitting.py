"""Which columns of one file are taken, and what they are called from then on."""

from collections.abc import Mapping, Sequence

from crmgov.audit.records import told
from crmgov.audit.records.beside import beside
from crmgov.audit.records.matching import Names, columns_of
from crmgov.audit.records.text import UnreadableError
from crmgov.model.diagnostics import Diagnostic

Fields = Mapping[str, Mapping[str, str]]
"""By object, the type of each field."""
UNUSED = "(not a field)"
"""What a column is called that is only there to count records by."""


class Fitting:
    """How the columns of a file fit the fields of an object."""

    def __init__(self, name: str, label: str, fields: Mapping[str, str], others: Names, *, named: bool) -> None:
        """``named`` says that the file's form names columns for certain, so that none can be taken for a header."""
        self._named = named
        self.problems: list[Diagnostic] = []
        self.taken: dict[str, str] = {}
        self.strange: list[str] = []
        self._name, self._label, self._fields, self._others = name, label, fields, others

    def choose(self, columns: Sequence[str]) -> Mapping[str, str]:
        """What each wanted column is called. Raises UnreadableError where the file seems to have no header."""
        found = columns_of(columns, self._fields, self._others)
        self.problems += told.of_columns(self._name, self._label, found)
        unclear = {column for _, several in found.ambiguous for column in several}
        self.taken = {column: field for field, column in found.found.items()}
        roles = {role: at for role, at in beside(columns).items() if columns.count(at) == 1 and at not in unclear}
        # A single word such as "active" may be a value in the first row of a file without a header.
        if self._named or self.taken or "key" in roles or len(roles) > 1:
            for column in roles.values():
                self.taken.setdefault(column, column)
        if not self.taken and self._named and columns:
            self.taken[columns[0]] = UNUSED  # so that there is something to count the records by
        if not self.taken:
            raise UnreadableError(f"its first row names no field of {self._name}; has it a header?")
        self.strange = [column for column in found.strange if self.taken.get(column) in (None, UNUSED)]
        return self.taken
