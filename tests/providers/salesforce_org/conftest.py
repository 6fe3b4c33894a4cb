"""The org that most tests ask, with its user and somebody who calls for that user."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from . import serving
from .conversation import Asked, Caller
from .world import acme


@pytest.fixture
def asked() -> Iterator[Asked]:
    org, user = acme()
    with serving(org) as url:
        yield org, user, Caller(url, org.token(user))
