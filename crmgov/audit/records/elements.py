"""JSON, read element by element: a list, a list under ``records``, or one element a line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crmgov.audit.records.fitting import UNUSED
from crmgov.audit.records.flattened import DECODER, Keys, Row, flat, told
from crmgov.audit.records.json_text import LONGEST, BrokenElement, Text
from crmgov.audit.records.part import Choose, Part, written
from crmgov.audit.records.text import Look, UnreadableError, chunks, looked

_BATCH = 5_000


def read(label: str, path: Path, target: Path, choose: Choose) -> Part:
    """One file, its wanted keys written to ``target``. Raises UnreadableError with the reason."""
    import pyarrow as pa

    look = looked(path)
    if look.size == 0:
        raise UnreadableError("it is empty")
    keys = Keys()
    records = 0
    broken: list[int] = []
    elements = _Elements(path, look)
    for element in elements:
        records += 1
        if isinstance(element, dict):
            keys.take(flat(element))
        else:
            broken.append(records)
    if records and len(broken) == records:
        raise UnreadableError("none of its elements is an object that can be read")
    held = keys.columns()
    names = choose(held) if records else {"": UNUSED}
    columns = {called: f"f{number}" for number, called in enumerate(names.values())}
    schema = pa.schema([(column, pa.string()) for column in columns.values()])
    count = written(_batches(path, look, list(names), schema), schema, target)
    return Part(
        label=label, path=target, columns=columns, all_columns=tuple(held), records=records, read=count,
        rejected=len(broken), broken_lines=tuple(broken[:20]), encoding=look.encoding, broken=look.broken,
        nuls=look.nuls, more=elements.more,
    )  # fmt: skip


def _batches(path: Path, look: Look, wanted: list[str], schema: Any) -> Iterator[Any]:
    import pyarrow as pa

    held: list[Row] = []
    for element in _Elements(path, look):
        if isinstance(element, dict):
            held.append(flat(element))
        if len(held) >= _BATCH:
            yield _batch(pa, held, wanted, schema)
            held = []
    yield _batch(pa, held, wanted, schema)


def _batch(pa: Any, held: list[Row], wanted: list[str], schema: Any) -> Any:
    return pa.record_batch(
        [pa.array([told(one.get(key)) for one in held], pa.string()) for key in wanted], schema=schema
    )


class _Elements:
    """The elements of a file, one at a time, as often as they are gone through. Raises UnreadableError where it is no
    JSON of a form that is known. ``more``: whether the file says that more records follow.
    """

    def __init__(self, path: Path, look: Look) -> None:
        self._path, self._look = path, look
        self.more = False

    def __iter__(self) -> Iterator[Any]:
        text = Text(chunks(self._path, self._look))
        start = text.peek()
        try:
            if start == "[":
                yield from text.listed()
                text.end()
            elif start == "{":
                yield from self._objects(text)
            else:
                raise UnreadableError("it is no JSON" if start else "it is empty")
        except RecursionError as error:
            raise UnreadableError("it is nested too deeply") from error
        except ValueError as error:
            raise UnreadableError("its JSON is broken, or it was cut off") from error

    def _objects(self, text: Text) -> Iterator[Any]:
        if not _by_line(self._path, self._look):
            yield from text.within()
            self.more = text.more
            if text.wrapped:
                text.end()
                return
        yield from _lines(Text(chunks(self._path, self._look)))


def _by_line(path: Path, look: Look) -> bool:
    """Whether the first line is an element by itself, and not the whole list under a name."""
    head = b""
    for chunk in chunks(path, look):
        head += chunk
        if b"\n" in head.lstrip() or len(head) > LONGEST:
            break
    try:
        first = DECODER.decode(head.lstrip().partition(b"\n")[0].decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and not isinstance(first.get("records"), list) and not _result(first)


def _result(element: dict[str, Any]) -> bool:
    inner = element.get("result")
    return isinstance(inner, dict) and isinstance(inner.get("records"), list)


def _lines(text: Text) -> Iterator[Any]:
    for line in text.lines():
        if line.strip():
            try:
                element = DECODER.decode(line)
            except (ValueError, RecursionError):
                element = BrokenElement()
            yield element if isinstance(element, dict) else BrokenElement()
