"""Texts, trees and bodies of every sort, the hostile included."""

from typing import Any

import hypothesis.strategies as st

HOSTILE = st.sampled_from([
    "", " ", "null", "True", "no", "on", "y", "~", "0", "-0", "1.0", "012", "0x1F", "1e3", ".5", "+1", ".inf", "1_000",
    "12:30:45", "2026-01-31", "- a", "a: b", "a #b", "#a", "&a", "*a", "!a", "|", ">", "@a", "`a", "%a", "?", "? a", "a:",
    ":", "a\n", "\na", "a\n\n\n", " a\nb", "\ta\nb", "a\n \nb", "a\r\nb", "a\tb", "\"", "'", "it's \"x\"", "\\n", "{", "[a]",
    "a, b", "---", "...", "--- a", "\x00", "\x1f", "\x7f", "\u0085", "\u2028", "\u00a0a", "\ufeff", "\U0001f600",
    "\u201ca\u201d", "=", "<<", "a" * 300, "${NAME}", "AND(\n  A,\n  B\n)", "a\n\tb", "x\n\n  y\n", "\n", "\n\n", "a ", "1 000",
])  # fmt: skip
TEXTS = HOSTILE | st.text(max_size=30)
# Floats within the 15 digits that a plain number keeps; whole ones are written as integers.
NUMBERS = st.integers(-(2**63) + 1, 2**63 - 1) | st.decimals(-9999, 9999, places=4).map(float)
LEAVES = st.none() | st.booleans() | NUMBERS | TEXTS
TREES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4))


KEYED = st.lists(st.fixed_dictionaries({"name": TEXTS}, optional={"label": TEXTS, "default": st.booleans()}), max_size=5, unique_by=lambda row: row["name"])  # fmt: skip
OFFER = (
    st.just("all") | st.lists(TEXTS) | st.fixed_dictionaries({"values": st.lists(TEXTS)}, optional={"default": TEXTS})
)
ROW = st.sampled_from([
    {"create": True, "read": True, "update": True, "delete": False}, {"read": True}, {},
    {"read": False, "export": True, "import": True, "view_all": True},
])  # fmt: skip
ACCESS = st.fixed_dictionaries({"fields": st.dictionaries(TEXTS, st.sampled_from(["read", "edit"]))})
CRITERION = st.recursive(
    st.fixed_dictionaries({"field": TEXTS, "op": st.just("in"), "value": st.lists(TEXTS)}),
    lambda inner: st.fixed_dictionaries({"all": st.lists(inner, max_size=3)}) | st.fixed_dictionaries({"not": inner}),
)
BY_KIND: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "Picklist": st.fixed_dictionaries({}, optional={"values": KEYED, "tags": st.lists(TEXTS), "description": TEXTS}),
    "RecordType": st.fixed_dictionaries({"picklists": st.dictionaries(TEXTS, OFFER, max_size=5)}),
    "PermissionSet": st.fixed_dictionaries({
        "objects": st.dictionaries(TEXTS, ROW, max_size=9), "fields": st.dictionaries(TEXTS, ACCESS, max_size=3),
    }),
    "Validation": st.fixed_dictionaries({"formula": TEXTS}, optional={"reject_when": CRITERION}),
}  # fmt: skip
BODIES = st.one_of([st.tuples(st.just(kind), body) for kind, body in BY_KIND.items()])
PAIRS = st.one_of([st.tuples(st.just(kind), body, body) for kind, body in BY_KIND.items()])
"""Two bodies of one kind."""
