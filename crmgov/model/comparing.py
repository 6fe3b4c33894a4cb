"""The comparisons of Criteria as operators, for every engine whose expressions Python's operators build."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {
    "equals": operator.eq,
    "not_equals": operator.ne,
    "less": operator.lt,
    "less_or_equal": operator.le,
    "greater": operator.gt,
    "greater_or_equal": operator.ge,
}
"""By operator of Criteria that compares two values."""
