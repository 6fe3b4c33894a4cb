"""The demonstration: a repository with a history, records to count, and something broken by hand.

The configuration is the project's own ``config/`` and ``environments/``. ``scenario`` says which of its changes
production has not seen yet, ``history`` makes the commits of it, ``records`` invents the data, ``breakage`` damages
production.
"""
