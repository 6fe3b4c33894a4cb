"""What is left of what is allotted, and the cached counts of records."""

from __future__ import annotations

from .messages import Request, Response, as_json
from .objects import SObject
from .org import Org

JOBS = 10_000


def limits(org: Org) -> Response:
    """The allotments the counterpart keeps; the vendor has many more."""
    jobs = sum(1 for call in org.calls if call.method == "POST" and call.path.endswith("/jobs/query"))
    return as_json(
        {
            "DailyApiRequests": {"Max": org.daily_calls, "Remaining": org.daily_calls - len(org.calls)},
            "DailyBulkV2QueryJobs": {"Max": JOBS, "Remaining": JOBS - jobs},
        }
    )


def record_counts(org: Org, request: Request) -> Response:
    """Cached counts: of all records that are not deleted, whoever asks. Objects that are not there are left out."""
    asked = request.params.get("sObjects")
    names = (
        [name.strip() for name in asked.split(",")] if asked is not None else [one.name for one in org.objects.values()]
    )
    found = [one for one in (org.find(name) for name in names) if one is not None]
    return as_json({"sObjects": [{"count": counted(one), "name": one.name} for one in found]})


def counted(one: SObject) -> int:
    """The number the cache holds."""
    if one.counted is not None:
        return one.counted
    return sum(1 for record in one.records if not record.get("IsDeleted"))
