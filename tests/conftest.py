"""Fixtures and settings for all tests."""

import os

from hypothesis import Phase, settings

from tests.postgres import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.register_profile("quick-fail", deadline=None, phases=[p for p in Phase if p is not Phase.shrink])
settings.load_profile(os.environ.get("CRMGOV_EXAMPLES", "same"))
