"""Any other engine that Ibis knows, by its URL: it is asked the same, but its figures were never compared."""

from collections.abc import Mapping
from typing import Any

from crmgov.audit.records.refusals import UnreachableError, fault, refusal
from crmgov.audit.records.statements import COLUMNAR_GROUP
from crmgov.model.diagnostics import brief


class OtherEngine:
    """Trino, BigQuery, Snowflake and the rest."""

    proved, estimates = False, True
    width = COLUMNAR_GROUP

    def __init__(self, url: str) -> None:
        import ibis

        try:
            self.backend = ibis.connect(url)
        except ImportError:
            raise
        except ValueError as error:  # Ibis knows no such engine
            raise UnreachableError(f"{brief(url.partition('://')[0], 40)} names no kind of database") from error
        except Exception as error:
            if fault(error):
                raise
            raise UnreachableError(f"{url.partition('://')[0]} cannot be opened: {refusal(error)}") from error
        self.name = str(self.backend.name)

    def tables(self) -> list[str]:
        """The names of its tables and views."""
        return sorted(self.backend.list_tables())

    def table(self, name: str) -> Any:
        """One of them."""
        return self.backend.table(name)

    def rows(self, expression: Any) -> list[Mapping[str, Any]]:
        """Carry out an expression."""
        found: list[Mapping[str, Any]] = self.backend.to_pyarrow(expression.as_table()).to_pylist()
        return found

    def close(self) -> None:
        """Let go of the connection."""
        self.backend.disconnect()
