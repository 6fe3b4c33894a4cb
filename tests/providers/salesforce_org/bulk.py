"""Query jobs of Bulk API 2.0: made, asked after, their results fetched in pages of CSV."""

from __future__ import annotations

import csv
import io
import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import datetime

from .errors import NotKnown, Refused, not_found
from .faults import Fault
from .fields import COMPOUND
from .ids import make_id
from .messages import Request, Response, as_json
from .org import Org
from .people import User
from .rendering import cell, moment
from .soql.answer import Answer, answered
from .soql.names import scope
from .soql.parser import parse
from .soql.tree import Call, Query

SIGNS = {"COMMA": ",", "TAB": "\t", "SEMICOLON": ";", "PIPE": "|", "CARET": "^", "BACKQUOTE": "`"}
ENDS = {"LF": "\n", "CRLF": "\r\n"}
#: Records a page, where the caller names no number. The vendor says only that the service decides.
PAGE = 50_000


@dataclass
class Job:
    """A query job. It moves one state on whenever it is asked after."""

    id: str
    user: User
    version: str
    operation: str
    query: Query
    made: datetime
    delimiter: str = "COMMA"
    ending: str = "LF"
    state: str = "UploadComplete"
    error: str = ""
    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def said(self) -> dict[str, object]:
        """What the vendor says of a job."""
        at = moment(self.made)
        body: dict[str, object] = {
            "id": self.id,
            "operation": self.operation,
            "object": self.query.source,
            "createdById": self.user.id,
            "createdDate": at,
            "systemModstamp": at,
            "state": self.state,
            "concurrencyMode": "Parallel",
            "contentType": "CSV",
            "apiVersion": float(self.version),
            "lineEnding": self.ending,
            "columnDelimiter": self.delimiter,
        }
        if self.state == "Failed":
            body["errorMessage"] = self.error
        return body


def resource(
    org: Org, user: User, version: str, parts: list[str], request: Request, *, fault: Fault | None
) -> Response:
    """What is below `jobs/query`."""
    if not parts:
        if request.method != "POST":
            raise NotKnown(f"{request.method} of all query jobs")
        return as_json(made(org, user, version, request).said())
    job = org.jobs.get(parts[0])
    if job is None or job.user is not user:
        raise not_found()
    if parts[1:] == ["results"] and request.method == "GET":
        return results(job, version, request, fault)
    if len(parts) > 1:
        raise NotKnown(f"{request.method} {request.path}")
    if request.method == "GET":
        return asked(org, job, fault)
    if request.method == "PATCH":
        return stopped(job, request)
    if request.method == "DELETE":
        if job.state not in ("JobComplete", "Aborted", "Failed"):
            raise NotKnown("how the vendor refuses to delete a job that is under way")
        del org.jobs[job.id]
        return Response(204)
    raise NotKnown(f"{request.method} of a query job")


def made(org: Org, user: User, version: str, request: Request) -> Job:
    """A new job. A query that is none, or that Bulk API 2.0 does not take, is refused at once."""
    try:
        given = json.loads(request.body)
    except ValueError:
        raise Refused(
            400, "JSON_PARSER_ERROR", "The HTTP entity body is required, but this request has no entity body."
        ) from None
    unknown = set(given) - {"operation", "query", "contentType", "columnDelimiter", "lineEnding"}
    if unknown:
        raise NotKnown(f"{', '.join(sorted(unknown))} of a query job")
    if given.get("operation") not in ("query", "queryAll") or not isinstance(given.get("query"), str):
        raise NotKnown("a query job without an operation query or queryAll and the text of a query")
    delimiter, ending = given.get("columnDelimiter", "COMMA"), given.get("lineEnding", "LF")
    if delimiter not in SIGNS or ending not in ENDS or given.get("contentType", "CSV") != "CSV":
        raise NotKnown("that format of results")
    query = parse(given["query"])
    taken(org, user, query)
    job = Job(make_id("750", org.number()), user, version, given["operation"], query, org.now(), delimiter, ending)
    org.jobs[job.id] = job
    return job


def taken(org: Org, user: User, query: Query) -> None:
    """Refuses what Bulk API 2.0 does not take: aggregates, GROUP BY, OFFSET, compound fields, files, some objects."""
    here = scope(org, user, query.source, query.text, query.source_at)
    if here.source.setup:
        raise Refused(400, "INVALIDENTITY", f"Entity '{here.source.name}' is not supported by the Bulk API.")
    if any(isinstance(one.what, Call) for one in query.select):
        raise Refused(400, "API_ERROR", "Aggregate functions not supported in Bulk V2 Query")
    for clause, there in (("GROUP BY", bool(query.group)), ("OFFSET", query.offset is not None)):
        if there:
            raise Refused(400, "API_ERROR", f"{clause} not supported in Bulk V2 Query")
    answer = answered(org, user, query)
    for column in answer.columns:
        if column.field.type in COMPOUND:
            raise Refused(400, "API_ERROR", "Selecting compound data not supported in Bulk Query")
        if column.field.type == "base64":
            raise Refused(400, "API_ERROR", "Blob field not supported in Bulk V2 Query with CSV content type")


def asked(org: Org, job: Job, fault: Fault | None) -> Response:
    """Where a job stands: each time it is asked, it is one step on."""
    if fault is not None and fault.job_error:
        job.state, job.error = "Failed", fault.job_error
    elif (fault is not None and fault.job_hangs) or job.state == "UploadComplete":
        job.state = "InProgress"
    elif job.state == "InProgress":
        answer = answered(org, job.user, job.query, job.operation == "queryAll")
        job.header = [column.path for column in answer.columns]
        job.rows = table(answer)
        job.state = "JobComplete"
    done = {"numberRecordsProcessed": len(job.rows)} if job.state == "JobComplete" else {}
    more = {"jobType": "V2Query", "retries": 0, "totalProcessingTime": 0, "isPkChunkingSupported": True}
    return as_json({**job.said(), **more, **done})


def stopped(job: Job, request: Request) -> Response:
    """A job that is told to end."""
    if json.loads(request.body) != {"state": "Aborted"}:
        raise NotKnown("that change of a query job")
    if job.state not in ("UploadComplete", "InProgress"):
        raise NotKnown(f"how the vendor refuses to stop a job that is {job.state}")
    job.state = "Aborted"
    return as_json(job.said())


def table(answer: Answer) -> list[list[str]]:
    """Rows as texts. No value is an empty text, which no field can hold."""

    def text(value: object) -> str:
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    found = []
    for record in answer.records:
        row = []
        for column in answer.columns:
            here = record
            for lookup, target in column.through:
                here = answer.here.follow(here, lookup, target)  # type: ignore[assignment]
            row.append("" if here is None else text(cell(column, here, zone="Z")))
        found.append(row)
    return found


def locator(start: int) -> str:
    """The name of the page that begins with a row."""
    return b64encode(str(start).encode()).decode().rstrip("=")


def place(name: str) -> int | None:
    """The row a page begins with; none if there is no such page."""
    if not name:
        return 0
    try:
        start = int(b64decode(name + "=" * (-len(name) % 4), validate=True))
    except ValueError:
        return None
    return start if locator(start) == name else None


def results(job: Job, version: str, request: Request, fault: Fault | None) -> Response:
    """A page of results, with the names of the columns on top of each."""
    if job.state != "JobComplete":
        raise NotKnown(f"results of a job that is {job.state}")
    if version != job.version:
        raise NotKnown("the words of the 409 for results asked of another version than the job was made in")
    most = request.params.get("maxRecords", str(PAGE))
    start = place(request.params.get("locator", ""))
    if not most.isdigit() or int(most) == 0 or start is None or start > len(job.rows):
        raise NotKnown(f"results with {request.query}")
    rows = job.rows[start : start + int(most)]
    end = start + len(rows)
    written = io.StringIO()
    writer = csv.writer(written, delimiter=SIGNS[job.delimiter], lineterminator=ENDS[job.ending], quoting=csv.QUOTE_ALL)
    writer.writerows([job.header, *rows])
    following = "null" if end >= len(job.rows) else locator(end)
    body = written.getvalue().encode()
    if fault is not None and fault.cut_page:
        body = body[: len(body) * 2 // 3]
    return Response(200, body, "text/csv", {"Sforce-Locator": following, "Sforce-NumberOfRecords": str(len(rows))})
