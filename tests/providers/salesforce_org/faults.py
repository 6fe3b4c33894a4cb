"""What goes wrong on the way, when a test says so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Fault:
    """One kind of bad luck, for the next `times` requests that have `match` in their method, path and query, after `skip` such.

    `drop` closes the connection without a word; `truncate` sends half of the answer and closes; `expire` makes the token
    invalid first; `job_error` fails the query job asked about, `job_hangs` leaves it where it is; `cut_page` ends a page of
    results in the middle of a row, in an answer that is whole as HTTP. Without any of them the answer is `status`: with
    `code` the vendor's list of errors, else a page of HTML. `retry_after` goes with it.
    """

    match: str = ""
    times: int = 1
    status: int = 503
    code: str = ""
    message: str = ""
    retry_after: int | None = None
    drop: bool = False
    truncate: bool = False
    expire: bool = False
    job_error: str = ""
    job_hangs: bool = False
    cut_page: bool = False
    skip: int = 0

    @property
    def instead(self) -> bool:
        """Whether it stands in the place of the answer."""
        return not (self.truncate or self.expire or self.job_error or self.job_hangs or self.cut_page)


def due(faults: list[Fault], request: str) -> Fault | None:
    """The first fault that is due for a request, counted down."""
    for fault in faults:
        if fault.times > 0 and fault.match in request:
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.times -= 1
            return fault
    return None


PAGE = "<!DOCTYPE html>\n<html><head><title>Server Unavailable</title></head><body><h1>We are down for maintenance.</h1></body></html>\n"
