"""The codes about reach: what nobody can see, choose or start."""

from crmgov.check.governance.permissions import codes_access as _access  # noqa: F401 - declares the rest
from crmgov.model.diagnostics import CodeInfo, declare

declare(
    CodeInfo(
        code="REACH001",
        summary="Nobody is granted a field",
        why="It is hidden from everybody's pages, reports and lists; whoever must fill it in cannot.",
        mend="Grant it in the permission sets of the people who need it, or take the field out.",
        severity="warning",
    ),
)
