"""The project's own configuration is held by both databases, whole."""

from pathlib import Path

from crmgov.load.tree import load_tree
from crmgov.model.provider import Scope
from tests.providers.sql.databases import Db, done
from tests.providers.steps import apply, differences, intents, operations

ROOT = Path(__file__).resolve().parents[3]


def test_it_is_applied_and_read_back_and_nothing_is_left_to_do(db: Db) -> None:
    loaded = load_tree(ROOT)
    desired = db.provider.normalise(loaded.snapshot)
    assert desired.diagnostics == ()
    assert db.provider.limits(desired.snapshot) == []
    assert done(apply(db.provider, operations(db.provider, desired.snapshot, db.provider.read(Scope())), "first"))
    live = db.provider.read(Scope())
    assert differences(desired.snapshot, live, {"Field": frozenset({"required", "unique", "on_delete"})}) == []
    assert [change for text in desired.snapshot for change in intents(db.provider, desired.snapshot, live, text)] == []
