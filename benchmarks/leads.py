"""Two million leads of 120 fields, always the same, and all an audit wants of them: asked of us, and in SQL.

``python -m benchmarks.leads write|ours|hand FILE`` does one of the three in a process of its own.
"""

import datetime as dt
import json
import re
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from crmgov.audit.records.files import FileRecords
from crmgov.audit.settings import PLACEHOLDERS
from crmgov.model.figures import Answer, Figure, scope

ROWS, MEMORY = 2_000_000, 700 << 20
"""Records, and the bytes a whole process of ours may take; DuckDB asked by hand may take them for itself alone."""
NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
_KINDS = ("text", "text", "text", "picklist", "picklist", "integer", "decimal", "boolean", "date", "text")
FIELDS = {
    **{f"{_KINDS[n % len(_KINDS)]}_{n:03}": _KINDS[n % len(_KINDS)] for n in range(118)},
    "CreatedDate": "datetime", "LastModifiedDate": "datetime",
}  # fmt: skip
BLANKS = tuple(sorted(PLACEHOLDERS))
_SINCE = {"field": "CreatedDate", "op": "greater_or_equal", "value": "$today-90"}
_SPACES = " \t\n\r\v\f"
_SPACE = f"[{_SPACES}]"
_EXACT = 24
"""Fields whose different values are told exactly; of the others they are estimated."""


def write(path: Path, rows: int = ROWS) -> None:
    """Write the records; each field is filled to a share of its own, some with placeholders."""
    connection = duckdb.connect(config={"memory_limit": "2GB"})
    connection.execute("SET enable_progress_bar = false")
    columns = ", ".join(f'{_values(n, type_)} AS "{name}"' for n, (name, type_) in enumerate(FIELDS.items()))
    connection.execute(f"COPY (SELECT {columns} FROM range({rows}) AS rows(i)) TO '{path}' (FORMAT parquet)")


def _values(n: int, type_: str) -> str:
    number = f"(hash(i * 131 + {n}) >> 11)"
    share = 5 + n * 37 % 96
    value = {
        "picklist": f"'Value ' || ({number} % {3 + n % 20})",
        "integer": f"({number} % {10 ** (1 + n % 6)})::BIGINT",
        "decimal": f"({number} % 1000000) / 100.0::DOUBLE",
        "boolean": f"{number} % 3 = 0",
        "date": f"DATE '2015-01-01' + ({number} % 4300)::INTEGER",
        "datetime": f"TIMESTAMP '2020-01-01' + to_seconds(({number} % 217000000)::BIGINT)",
    }.get(
        type_,
        f"CASE {number} % 40 WHEN 0 THEN 'N/A' WHEN 1 THEN ' ' ELSE 'text ' || ({number} % {7 ** (2 + n % 6)}) END",
    )
    if type_ == "datetime":
        return value
    return f"CASE WHEN hash(i * 17 + {n}) % 100 < {share} THEN {value} END"


def figures() -> list[Figure]:
    """Everything asked."""
    return [figure for _, figure in _asked()]


def told(answer: Answer) -> Any:
    """An answer as plain data; an estimate differs from run to run, so only that there is one is told."""
    if not answer.known:
        return answer.evidence.reason
    if answer.evidence.exactness == "estimate":
        return "estimate"
    return [list(pair) for pair in answer.counts] or answer.text or answer.evidence.count


def ours(path: Path) -> list[Any]:
    """What the audit's reader of files answers."""
    held = FileRecords(path, {"Lead": FIELDS}, NOW, memory=MEMORY)
    try:
        answers = held.answer({"Lead": figures()})
        return [told(answers["Lead", figure]) for figure in figures()]
    finally:
        held.close()


def by_hand(path: Path) -> list[Any]:
    """The same, in SQL written for DuckDB."""
    connection = duckdb.connect(config={"memory_limit": f"{MEMORY >> 20}MiB"})
    connection.execute("SET enable_progress_bar = false")
    found: dict[int, Any] = {}
    once: list[tuple[int, str]] = []
    heavy: list[tuple[int, str]] = []
    valued: list[tuple[int, str]] = []
    for n, (sql, figure) in enumerate(_asked()):
        form = heavy if figure.metric == "distinct" and figure.exact else once
        (valued if figure.metric == "values" else form).append((n, sql))
    for group in (*_groups(once, 20), *_groups(heavy, 4)):
        row = connection.execute(f"SELECT {', '.join(sql for _, sql in group)} FROM '{path}'").fetchall()[0]
        found |= {n: value for (n, _), value in zip(group, row, strict=True)}
    for group in _groups(valued, 12):
        rows = connection.execute(" UNION ALL ".join(sql.format(n=n, path=path) for n, sql in group)).fetchall()
        for n, _ in group:
            pairs = [(value, count) for number, value, count in rows if number == n]
            found[n] = [list(pair) for pair in sorted(pairs, key=lambda pair: (-pair[1], pair[0]))]
    asked = figures()
    return [_plain(asked[n], found[n]) for n in range(len(found))]


def _groups(asked: list[Any], size: int) -> list[list[Any]]:
    """As measured: 20 figures in a statement took 10.6 s, 100 took 25.8 s and all 603 took 112.6 s (DuckDB 2.0, two
    processors); a peer that asks for all at once would flatter us."""
    return [asked[start : start + size] for start in range(0, len(asked), size)]


def _plain(figure: Figure, value: Any) -> Any:
    if figure.metric == "distinct" and not figure.exact:
        return "estimate"
    if figure.metric in ("least", "most", "latest"):
        number = isinstance(value, float) and value == int(value)
        return str(int(value) if number else value)
    return value or 0 if not isinstance(value, list) else value


def _asked() -> Iterator[tuple[str, Figure]]:
    """Each figure with the SQL that says the same."""
    since = f"\"CreatedDate\" >= TIMESTAMP '{NOW.date() - dt.timedelta(days=90)}'"
    blanks = "|".join(re.escape(blank) for blank in BLANKS)
    yield "count(*)", Figure(metric="records")
    yield f"count(*) FILTER (WHERE {since})", Figure(metric="records", where=scope(_SINCE))
    for n, (name, type_) in enumerate(FIELDS.items()):
        text = type_ in ("text", "picklist")
        edges = f"regexp_matches(\"{name}\", '^{_SPACE}|{_SPACE}$')"
        trimmed = f'CASE WHEN {edges} THEN trim("{name}", \'{_SPACES}\') ELSE "{name}" END'
        filled = f'"{name}" IS NOT NULL'
        if text:
            filled += f" AND NOT regexp_matches(\"{name}\", '(?i)^{_SPACE}*(?:{blanks})?{_SPACE}*$')"
        elif type_ == "boolean":
            filled = f'"{name}"'
        elif type_ == "decimal":
            filled += f' AND NOT isnan("{name}")'
        value = trimmed if text else f'"{name}"'
        of = partial(Figure, field=name, blanks=BLANKS)
        yield f"count(*) FILTER (WHERE {filled})", of(metric="filled")
        yield f"count(*) FILTER (WHERE {filled} AND {since})", of(metric="filled", where=scope(_SINCE))
        yield f'max("LastModifiedDate") FILTER (WHERE {filled})', of(metric="latest")
        if text:
            yield f'max(length("{name}")) FILTER (WHERE {filled})', of(metric="longest")
        elif type_ != "boolean":
            yield f'min("{name}") FILTER (WHERE {filled})', of(metric="least")
            yield f'max("{name}") FILTER (WHERE {filled})', of(metric="most")
        exact = n < _EXACT
        kind = "count(DISTINCT {})" if exact else "approx_count_distinct({})"
        yield f"{kind.format(value)} FILTER (WHERE {filled})", of(metric="distinct", exact=exact)
        if type_ == "picklist":
            yield _top(value, filled), of(metric="values", most=200)


def _top(value: str, filled: str) -> str:
    rows = f"SELECT {value} AS v, count(*) AS c FROM '{{path}}' WHERE {filled} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 200"
    return f"(SELECT {{n}}, v, c FROM ({rows}))"


if __name__ == "__main__":
    doing, file = sys.argv[1], Path(sys.argv[2])
    if doing == "write":
        write(file)
    else:
        print(json.dumps(ours(file) if doing == "ours" else by_hand(file)))
