"""The engines that carry out what is asked, one file each: how they connect, read only, and give rows."""

from crmgov.audit.records.engines.engine import Engine, local_path, open_engine

__all__ = ["Engine", "local_path", "open_engine"]
