"""The ledger an environment names."""

from pathlib import Path

from crmgov.ledger import codes
from crmgov.ledger.book import Book
from crmgov.ledger.errors import failed
from crmgov.ledger.protocol import Ledger, Store
from crmgov.model.diagnostics import brief
from crmgov.model.paths import path_fault

REPOSITORY = "repository"


def open_ledger(spec: str | None, environment: str, root: Path) -> Ledger:
    """The ledger of an environment; ``spec`` is its key ``ledger``, ``${NAME}`` already filled in.

    ``root`` is the repository's folder: a SQLite path is relative to it and may not leave it. Nothing is written
    and nothing reached before it is used. Raises ``LedgerError``.
    """
    return Book(_store(spec or REPOSITORY, environment, root), environment)


def _store(spec: str, environment: str, root: Path) -> Store:
    if spec == REPOSITORY:
        from crmgov.ledger.repository import RepositoryStore

        return RepositoryStore(root, environment)
    scheme, separator, rest = spec.partition("://")
    if scheme == "sqlite" and separator and rest.startswith("/") and rest != "/":
        from crmgov.ledger.sqlite import SqliteStore

        fault = path_fault(rest[1:])
        if fault:
            raise failed(codes.BAD_ADDRESS, f"The path of the ledger {brief(spec)} {fault}")
        path = (root / rest[1:]).resolve()
        if not path.is_relative_to(root.resolve()):
            raise failed(codes.BAD_ADDRESS, f"The ledger {brief(spec)} leads out of the repository")
        return SqliteStore(path, environment, spec)
    if scheme == "postgresql" and separator:
        from crmgov.ledger.postgresql import PostgresqlStore

        return PostgresqlStore(spec, environment)
    # Anything but a plain word may hold a password.
    shown = f"{scheme}://..." if separator else brief(spec) if spec.isalnum() else "what the environment names"
    raise failed(codes.BAD_ADDRESS, f"A ledger cannot be kept in {shown}")
