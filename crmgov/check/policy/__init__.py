"""The repository's own policies over resources. Those over plans are in ``plan.policies``."""
