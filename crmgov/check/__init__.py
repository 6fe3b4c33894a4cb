"""Checks over the whole tree of resources: references, types, limits. Pure."""
