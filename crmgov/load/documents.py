"""Documents made into resources: the envelope, what stands inline in an object, and the body in canonical form."""

from typing import Any

from crmgov.load import told
from crmgov.load.accept import accepted
from crmgov.load.direct import read_directly
from crmgov.load.doubt import undoubted
from crmgov.load.envelope import ENVELOPE, MOST_NAME, Head, head_of, name_fault
from crmgov.load.events import Parsed, parse
from crmgov.load.table import INLINE_KEYS, BodyRef, Notes, Table, Unread
from crmgov.model.address import address, quote
from crmgov.model.address import parse as parse_address
from crmgov.model.canonical import Body, digest, encode
from crmgov.model.diagnostics import Diagnostic, Place, Where, of
from crmgov.model.kinds import INLINE
from crmgov.model.normal import canonical_body
from crmgov.schema.validate import is_valid

MOST_TOLD = 1000
"""Problems told of one file."""
_CODES = {key: number for number, key in enumerate(INLINE_KEYS)}


class Gathered:
    """The resources of files read one after the other, in columns."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.digests: list[str] = []
        self.lengths: list[int] = []
        self.documents: list[int] = []
        self.inlines: list[int] = []
        self.data: list[bytes] = []

    def add(self, where: str, kind: str, body: Body, document: int, inline: int) -> None:
        """Add one resource with a well-formed body."""
        data = encode(canonical_body(kind, body))
        self.addresses.append(where)
        self.digests.append(digest(data))
        self.lengths.append(len(data))
        self.documents.append(document)
        self.inlines.append(inline)
        self.data.append(data)

    def into(self, table: Table) -> None:
        """Hand the columns over to a table."""
        table.addresses, table.digests, table.lengths = self.addresses, self.digests, self.lengths
        table.documents, table.inlines = self.documents, self.inlines


def read_documents(file: str, data: bytes, gathered: Gathered) -> Notes | None:
    """Add the resources of one file; gives what is to be said of it, or None where there is nothing to say."""
    plain = read_directly(data)
    parsed = parse(file, data) if plain is None else Parsed([(0, plain)], [], broken=False, doubtful=False)
    reader = _Documents(file, gathered, parsed.doubtful)
    reader.problems.extend(parsed.problems)
    if parsed.broken:
        reader.unread.extend(told.guess(data, len(parsed.documents)))
    for number, value in parsed.documents:
        reader.document(number, value)
        if len(reader.problems) > MOST_TOLD:
            break
    if not parsed.broken and all(value is None for _, value in parsed.documents):
        reader.problems.append(of("DOC010", f"{file} holds no document", at=Where(file)))
    reader.enough()
    if not (reader.problems or reader.body_files):
        return None
    return Notes([told.packed(problem) for problem in reader.problems], reader.body_files, reader.unread)


class _Documents:
    def __init__(self, file: str, gathered: Gathered, doubtful: bool) -> None:
        self.file = file
        self.gathered = gathered
        self.doubtful = doubtful
        self.problems: list[Diagnostic] = []
        self.body_files: list[BodyRef] = []
        self.unread: list[Unread] = []

    def enough(self) -> None:
        """Tell no more than a person can use; what was not looked at is not known."""
        if len(self.problems) > MOST_TOLD:
            del self.problems[MOST_TOLD:]
            self.problems.append(
                of("YAML014", f"{self.file} holds more than {MOST_TOLD:,} problems", at=Place(self.file))
            )
            self.unread.append(Unread())

    def document(self, number: int, value: Any) -> None:
        if value is None:
            return
        top = Where(self.file, number)
        head = head_of(value, top)
        self.problems.extend(head.problems)
        if head.kind is None or head.name is None:
            self.unread.extend(told.unread(head.kind or "", "", head.parent or ""))
            return
        body = {key: inner for key, inner in value.items() if key not in ENVELOPE}
        if head.kind == "Object":
            inline = {key: body.pop(key) for key in INLINE if key in body}
            self._resource(head.kind, head.address, body, top, 0)
            for key, resources in inline.items():
                self._inline(head, key, resources, top)
        else:
            self._resource(head.kind, head.address, body, top, 0)

    def _inline(self, head: Head, key: str, resources: Any, top: Where) -> None:
        kind, code = INLINE[key], _CODES[key]
        if not isinstance(resources, dict):
            what = "a list" if isinstance(resources, list) else "empty" if resources is None else "a single value"
            where = Where(self.file, top.document, (key,))
            self.problems.append(of("DOC007", f"{key} of {head.name} is {what}, not a map by name", at=where))
            self.unread.append(Unread(kind, head.name or ""))
            return
        add, doubtful, start = self.gathered.add, self.doubtful, f"{kind}/{quote(head.name or '')}."
        for name, body in resources.items():
            if len(self.problems) > MOST_TOLD:
                return
            # Nearly all names are words, which neither need quotation nor can be at fault.
            if isinstance(body, dict) and name.isidentifier() and name.isascii() and len(name) <= MOST_NAME:
                if not doubtful and is_valid(kind, body):
                    add(start + name, kind, body, top.document, code)
                else:
                    self._resource(kind, start + name, body, Where(self.file, top.document, (key, name)), code)
            else:
                self._unusual(head, key, name, body, Where(self.file, top.document, (key, name)))

    def _unusual(self, head: Head, key: str, name: str, body: Any, where: Where) -> None:
        """An inline resource whose name is no plain word, or which is none."""
        kind, fault = INLINE[key], name_fault(name)
        if isinstance(body, dict) and not fault:
            self._resource(kind, address(kind, name, head.name), body, where, _CODES[key])
            return
        wrong = "DOC004" if isinstance(body, dict) else "DOC007"
        fault = fault if isinstance(body, dict) else f"has no attributes in {key} of {head.name}"
        on_key = Where(where.file, where.document, where.route, on_key=True)
        self.problems.append(of(wrong, f'"{name[:60]}" {fault}', at=on_key))
        self.unread.append(Unread(kind, head.name or ""))

    def _resource(self, kind: str, place: str, body: Body, where: Where, inline: int) -> None:
        problems: list[Diagnostic] = []
        usable: Body | None
        if self.doubtful:
            usable, problems = undoubted(kind, body, where, place)
        elif is_valid(kind, body):
            usable = body
        else:
            usable, problems = accepted(kind, body, where, place)
        self.problems.extend(problems)
        if usable is None:
            if not problems:
                self.problems.append(of("DOC011", f"{place} cannot be used", at=where, address=place))
            self.unread.extend(told.unread(kind, "", parse_address(place).parent or ""))
            return
        self.gathered.add(place, kind, usable, where.document, inline)
        ref = usable.get("body_file")
        if kind == "Automation" and isinstance(ref, dict):
            self.body_files.append(BodyRef(place, where.document, ref["path"], ref["digest"]))
