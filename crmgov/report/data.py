"""Plain results for other programs: one JSON object whose ``format`` names its version."""

import json
from collections.abc import Mapping


def render(name: str, values: Mapping[str, object]) -> str:
    """A result as JSON; ``name`` is its format (``crmgov-pull/1``). ASCII only, keys in the order given."""
    return json.dumps({"format": name, **values}, indent=2) + "\n"
