"""What libyaml says of a file it cannot read, told again in plain words, at the place a person would look."""

import re
from collections.abc import Callable
from typing import NamedTuple

from yaml.error import MarkedYAMLError, YAMLError

from crmgov.load.encoding import unreadable
from crmgov.load.odd import INVISIBLE, OPENING, character_name
from crmgov.model.diagnostics import Diagnostic, Place, of

_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")
_KEY_WITHOUT_SPACE = re.compile(r"\s*(?:- )?([A-Za-z_][\w-]*):([^\s:/][^:]*)$")
_VALUE_BEFORE = re.compile(r"\s*(?:- )?[^\s#][^#]*:\s+(\S.*)$")
_SHOWN_LINES = 3
_LONGEST_KEY = 1024
"""Characters of a key (YAML 1.2, section 7.4.2)."""


class Spot(NamedTuple):
    """Where libyaml stopped: its words, line and column (from 0), where the thing it was reading began, the lines."""

    file: str
    said: str
    doing: str
    line: int
    column: int
    begun: tuple[int, int] | None
    lines: list[str]

    def text(self, line: int) -> str:
        """A line, empty beyond the end."""
        return self.lines[line] if 0 <= line < len(self.lines) else ""

    @property
    def character(self) -> str:
        """The character libyaml stopped at."""
        return self.text(self.line)[self.column : self.column + 1]

    def before(self, line: int) -> int:
        """The last line above that is neither blank nor a comment; -1 where there is none."""
        line -= 1
        while line >= 0 and (not self.text(line).strip() or self.text(line).lstrip().startswith("#")):
            line -= 1
        return line

    def told(self, message: str, hint: str = "", *, at: tuple[int, int] | None = None, code: str = "YAML001",
             mend: str = "") -> Diagnostic:  # fmt: skip
        """A diagnostic at a place (from 0), by default where libyaml stopped."""
        line, column = at or (self.line, self.column)
        place = Place(self.file, line + 1, column + 1, line + 1, column + 2)
        return of(code, message, at=place, hint=hint, mend=mend)


def retold(file: str, data: bytes, error: YAMLError) -> Diagnostic:
    """The diagnostic for a file that libyaml gave up on."""
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    if not isinstance(error, MarkedYAMLError) or mark is None:
        return unreadable(file, data)
    begun = error.context_mark
    lines = lines_of(data)
    spot = Spot(
        file, error.problem or "", error.context or "", mark.line, mark.column,
        None if begun is None else (begun.line, begun.column), lines,
    )  # fmt: skip
    return _conflict(spot) or _unseen(spot) or _RULES.get(spot.said, _other)(spot)


def lines_of(data: bytes) -> list[str]:
    """The lines of a file as libyaml counts them."""
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    for separator in ("\r\n", "\r", "\u0085", "\u2028", "\u2029"):
        text = text.replace(separator, "\n")
    return text.split("\n")


def _conflict(spot: Spot) -> Diagnostic | None:
    """Markers that git leaves where two branches changed the same lines."""
    for number, line in enumerate(spot.lines):
        if line[:1] in "<=>|" and _CONFLICT.match(line):
            told = f'"{line[:7]}" marks a merge conflict that is not settled'
            return spot.told(told, "merge conflict", at=(number, 0), mend="Settle the conflict and remove its markers.")
    return None


def _unseen(spot: Spot) -> Diagnostic | None:
    """Characters that look like spaces or quotation marks, on the line at fault or the ones above."""
    for number in range(spot.line, max(-1, spot.line - _SHOWN_LINES), -1):
        line = spot.text(number)
        if line.isascii():
            continue
        for column, character in enumerate(line):
            beside = line[max(column - 1, 0)] == ":" or not line[:column].strip()
            if character in INVISIBLE and beside:
                told = f"A {character_name(character)} stands where a space belongs"
                return spot.told(told, "type a space instead", at=(number, column), code="YAML004")
            if character in OPENING and not line[:column].rstrip().strip("-").rstrip().rpartition(":")[2]:
                told = f"{character} is a typographic quotation mark, which quotes nothing"
                return spot.told(told, 'write "..."', at=(number, column), code="YAML003")
    return None


def _token(spot: Spot) -> Diagnostic:
    if spot.character == "\t":
        return _tab(spot)
    told = f'A value cannot begin with "{spot.character}"'
    return spot.told(told, "put the value in quotation marks", mend='Write it in quotation marks: "...".')


def _tab(spot: Spot) -> Diagnostic:
    line = spot.text(spot.line)
    column = line.index("\t") if "\t" in line else spot.column
    return spot.told("The line is indented with a tab", "use spaces", at=(spot.line, column), code="YAML002")


def _second_colon(spot: Spot) -> Diagnostic:
    line = spot.text(spot.line)
    if _VALUE_BEFORE.match(line[: spot.column]):
        told = "A colon with a space after it cannot stand within an unquoted value"
        return spot.told(told, "put the value in quotation marks", mend='Write the value in quotation marks: "...".')
    above = spot.before(spot.line)
    glued = _KEY_WITHOUT_SPACE.match(spot.text(above))
    if glued:
        return _glued(spot, above, glued)
    if _VALUE_BEFORE.match(spot.text(above)):
        told = "The line is indented further than the one above, which has a value already"
        return spot.told(told, "too far in", at=(spot.line, _indent(line)), mend="Line it up with the keys above.")
    return spot.told("A colon is out of place here", mend="Check the indentation, and quote values that hold a colon.")


def _glued(spot: Spot, line: int, key: re.Match[str]) -> Diagnostic:
    told = f"There is no space after the colon of {key[1]}"
    return spot.told(told, "add a space", at=(line, key.end(1)), mend="Write a space after the colon.")


def _no_colon(spot: Spot) -> Diagnostic:
    at = spot.begun or (spot.line, spot.column)
    glued = _KEY_WITHOUT_SPACE.match(spot.text(at[0]))
    if glued:
        return _glued(spot, at[0], glued)
    if len(spot.text(at[0])) - at[1] > _LONGEST_KEY and ":" in spot.text(at[0]):
        return spot.told(f"A key has more than {_LONGEST_KEY:,} characters", "too long for a key", at=at)
    return spot.told("The line has no colon, so it is neither a key nor a value", "expected: key: value", at=at)


def _no_key(spot: Spot) -> Diagnostic:
    line = spot.text(spot.line)
    before = line[: spot.column].rstrip()
    if before[-1:] in ('"', "'") and ":" in before:
        told = "Text follows the closing quotation mark"
        inner = "double the quotation mark inside: ''" if before.endswith("'") else 'write \\" for one inside'
        return spot.told(told, "does not belong to the value", mend=f"Quote the whole value; {inner}.")
    if line[spot.column : spot.column + 2] in ("- ", "-"):
        return spot.told("A list entry stands where a key belongs", "line it up with its list")
    if line.lstrip().startswith(":"):
        return spot.told("No key stands before the colon", "a key is missing")
    if before.strip():
        return spot.told("Something stands here that belongs to no key", "not expected here")
    told = "The indentation of the line fits no line above"
    return spot.told(told, "not lined up", mend="Line it up with the keys it belongs to.")


def _no_entry(spot: Spot) -> Diagnostic:
    told = "A key stands where another list entry (-) belongs"
    return spot.told(told, "line it up, or begin it with -", mend="A file holds keys at the top, not a list.")


def _unclosed_quote(spot: Spot) -> Diagnostic:
    return spot.told("The quotation mark opens here and is never closed", "never closed", at=spot.begun)


def _unclosed_bracket(spot: Spot) -> Diagnostic:
    line, column = spot.begun or (spot.line, spot.column)
    opening = spot.text(line)[column : column + 1]
    if opening not in ("[", "{"):
        return _other(spot)
    closing = "]" if opening == "[" else "}"
    told = f'The "{opening}" is not closed by a "{closing}", or a comma is missing after an entry'
    return spot.told(told, f"closed by {closing}?", at=(line, column))


def _no_content(spot: Spot) -> Diagnostic:
    last = spot.before(spot.line)
    if not any(line.strip() for line in spot.lines[spot.line :]):
        column = max(spot.text(last).rfind("["), spot.text(last).rfind("{"))
        return _unclosed_bracket(spot._replace(begun=(last, column) if column >= 0 else spot.begun))
    if spot.character in (",", "]", "}", ":"):
        return spot.told(f'Nothing stands before the "{spot.character}"', "a value is missing")
    return _other(spot)


def _escape(spot: Spot) -> Diagnostic:
    column = spot.text(spot.line).rfind("\\", 0, spot.column + 1)
    told = "A backslash in double quotation marks begins a code, and this is none"
    return spot.told(
        told, "write \\\\", at=(spot.line, max(column, 0)), mend="Write \\\\, or use single quotation marks."
    )


def _list_on_line(spot: Spot) -> Diagnostic:
    return spot.told("A list cannot begin on the line of its key", "begin it on the next line")


def _after_document(spot: Spot) -> Diagnostic:
    if _indent(spot.text(spot.line)) == 0:
        told = "The line stands further left than the first one of the document"
        return spot.told(told, "not lined up", mend="Line up all keys, or begin a new document with ---.")
    return spot.told("Text follows the end of the document", "begin it with ---")


def _block_header(spot: Spot) -> Diagnostic:
    return spot.told("Text cannot follow | or > on its line", "begin it on the next line")


def _alias_name(spot: Spot) -> Diagnostic:
    sign = "*" if "alias" in spot.doing else "&"
    told = f"A value cannot begin with {sign}, which repeats or names another value"
    return spot.told(told, "put the value in quotation marks", at=spot.begun)


def _directive(spot: Spot) -> Diagnostic:
    written = spot.text((spot.begun or (0, 0))[0]).strip()
    told = f"{written[:40]} asks for other rules than YAML 1.2" if "%YAML" in written else "The directive is not known"
    return spot.told(told, "remove this line", at=spot.begun, code="YAML012")


def _tag(spot: Spot) -> Diagnostic:
    told = "A value cannot begin with !, which begins a tag"
    return spot.told(told, "put the value in quotation marks", at=spot.begun, code="YAML009")


def _other(spot: Spot) -> Diagnostic:
    if "directive" in spot.doing:
        return _directive(spot)
    if "tag" in spot.doing or "tag" in spot.said:
        return _tag(spot)
    if "quoted scalar" in spot.doing:
        return _unclosed_quote(spot)
    return spot.told("The line cannot be understood as YAML", spot.said)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_RULES: dict[str, Callable[[Spot], Diagnostic]] = {
    "found character that cannot start any token": _token,
    "found a tab character that violates indentation": _tab,
    "found a tab character where an indentation space is expected": _tab,
    "mapping values are not allowed in this context": _second_colon,
    "could not find expected ':'": _no_colon,
    "did not find expected key": _no_key,
    "did not find expected '-' indicator": _no_entry,
    "found unexpected end of stream": _unclosed_quote,
    "found unexpected document indicator": _unclosed_quote,
    "did not find expected ',' or ']'": _unclosed_bracket,
    "did not find expected ',' or '}'": _unclosed_bracket,
    "did not find expected node content": _no_content,
    "found unknown escape character": _escape,
    "block sequence entries are not allowed in this context": _list_on_line,
    "did not find expected <document start>": _after_document,
    "did not find expected comment or line break": _block_header,
    "did not find expected alphabetic or numeric character": _alias_name,
    "found incompatible YAML document": _directive,
}
