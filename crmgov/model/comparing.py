"""What comparisons of Criteria mean, for every engine: operators, and days that move."""

import datetime as dt
import operator
import re
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


_TODAY = re.compile(r"\$today(?:([+-])(\d{1,6}))?")


def day_meant(text: str, today: dt.date) -> dt.date | None:
    """The day that ``$today``, ``$today+30`` or ``$today-90`` means; None where a text means none."""
    found = _TODAY.fullmatch(text)
    if found is None:
        return None
    try:
        return today + dt.timedelta(days=int(found[2] or 0) * (-1 if found[1] == "-" else 1))
    except OverflowError:
        return None
