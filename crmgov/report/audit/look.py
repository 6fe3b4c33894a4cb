"""How an audit is shown: how much of it, how wide, and what to do next."""

import msgspec


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """``full``: everything, not only what decides. ``columns``: of the terminal. ``command``: what was called, as it
    is typed, for the line that says what comes next, and ``narrowing`` the options by which only part was looked at.
    ``fixes``: ``--fix`` can write what verdicts ask for.
    """

    full: bool = False
    color: bool = False
    columns: int = 120
    command: str = ""
    narrowing: str = ""
    fixes: bool = False
