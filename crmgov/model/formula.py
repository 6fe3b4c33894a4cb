"""What a Salesforce formula names: fields, picklist values, permissions, and what is written into it.

A formula is taken apart token by token and read as operands and operators with a stack of its own, so that no nesting
is too deep. Text that does not read as a formula is *not understood*: nothing is concluded from it.
"""

import re

import msgspec

MOST_CHARACTERS = 100_000
"""Longer texts are not read; Salesforce allows 3,900 characters, 15,000 compiled bytes."""

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
      | (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
      | (?P<call>[A-Za-z_][A-Za-z0-9_]*\s*\()
      | (?P<name>[$]?[A-Za-z_][A-Za-z0-9_]*(?:[.:][A-Za-z_][A-Za-z0-9_]*)*)
      | (?P<operator>&&|\|\||==|<>|!=|<=|>=|[-+*/^&=<>!])
      | (?P<mark>[(),])""",
    re.VERBOSE | re.DOTALL,
)
_COMPARED = frozenset(("=", "==", "<>", "!="))
_LOGIC = frozenset(("&&", "||"))
_ORDERED = frozenset(("<", ">", "<=", ">="))
_PREFIX = frozenset(("+", "-", "!"))
_WORDS = frozenset(("TRUE", "FALSE", "NULL"))
_SAME_FIELD = frozenset(("TEXT", "PRIORVALUE"))
"""Functions whose result is still the value of the field they are given."""

_ID = re.compile(
    r"(?<![A-Za-z0-9])(?:0[0-9][0-9A-Za-z]|500|570|701|80[0-9]|a[0-9A-Za-z]{2})[0-9A-Za-z]{12}(?:[A-Z0-5]{3})?(?![A-Za-z0-9])"
)
"""Record ids of the common objects, and of custom ones, by their first three characters."""
_SHORTEST = 6
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_URL = re.compile(r"https?://[^\s\"'<>]{1,2000}", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}


class Formula(msgspec.Struct, frozen=True, kw_only=True):
    """What was found, each once, in the order of the text.

    ``fields`` are dotted paths from the formula's object; ``literals`` are (field, value) where a field is compared
    with a text; ``globals`` begin with ``$``, such as ``$Permission.Edit_All``; ``hard_coded`` are record ids, e-mail
    addresses and URLs. ``problem`` says what was opened and never closed, or closed and never opened. Where
    ``understood`` is false, fields and literals may be wrong.
    """

    fields: tuple[str, ...] = ()
    literals: tuple[tuple[str, str], ...] = ()
    globals: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    hard_coded: tuple[str, ...] = ()
    problem: str = ""
    understood: bool = True

    @property
    def permissions(self) -> tuple[str, ...]:
        """The custom permissions it asks for."""
        return tuple(name.partition(".")[2] for name in self.globals if name.casefold().startswith("$permission."))


class _NotUnderstood(Exception):  # noqa: N818 - ends the reading, is no error
    """The text does not read as a formula; ``problem`` says why where it would be one otherwise."""

    def __init__(self, problem: str = "") -> None:
        super().__init__(problem)
        self.problem = problem


_Value = tuple[str, str]
"""("text", characters), ("field", path), or ("", "") for anything else."""
_OTHER: _Value = ("", "")


class _Frame:
    """A bracket that is open: of a function call (``function`` is its name), of a group, or the whole formula."""

    __slots__ = ("args", "compared", "function", "left", "opened", "parts", "side", "value")

    def __init__(self, function: str, opened: int) -> None:
        self.function = function
        self.opened = opened
        self.args: list[_Value] = []
        self.restart()

    def restart(self) -> None:
        """Begin an argument."""
        self.parts = 0  # operands in the argument
        self.side = 0  # operands on this side of a comparison
        self.value = _OTHER
        self.left = _OTHER
        self.compared = False


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.frames = [_Frame("", 0)]
        self.operand_next = True
        self.fields: dict[str, None] = {}
        self.literals: dict[tuple[str, str], None] = {}
        self.globals: dict[str, None] = {}
        self.functions: dict[str, None] = {}
        self.strings: list[str] = []

    def read(self) -> None:
        """Read the whole text. Raises _NotUnderstood."""
        at = 0
        while at < len(self.text):
            if self.text.startswith("/*", at):
                end = self.text.find("*/", at + 2)
                if end < 0:
                    raise _NotUnderstood(f"A comment opened in {self.line(at)} is never closed")
                at = end + 2
                continue
            match = _TOKEN.match(self.text, at)
            if match is None:
                unclosed = self.text[at] in "\"'"
                raise _NotUnderstood(f"A text opened in {self.line(at)} is never closed" if unclosed else "")
            self.take(str(match.lastgroup), match.group(), at)
            at = match.end()
        if len(self.frames) > 1:
            raise _NotUnderstood(f"A bracket opened in {self.line(self.frames[-1].opened)} is never closed")
        if self.operand_next:
            raise _NotUnderstood
        self.end_side(self.frames[0])

    def line(self, at: int) -> str:
        """The line of the formula a position is in."""
        return f"line {self.text.count(chr(10), 0, at) + 1}"

    def take(self, sort: str, piece: str, at: int) -> None:
        """Read one piece."""
        if sort == "space":
            return
        if sort == "operator":
            self.operator(piece)
        elif piece == ",":
            self.comma()
        elif piece == ")":
            self.close(at)
        elif not self.operand_next:
            raise _NotUnderstood
        elif sort in ("call", "mark"):
            function = piece[:-1].rstrip().upper()
            if function:
                self.functions[function] = None
            self.frames.append(_Frame(function, at))
        else:
            self.operand(self.leaf(sort, piece))

    def leaf(self, sort: str, token: str) -> _Value:
        """The operand that one token is."""
        if sort == "string":
            text = _ESCAPE.sub(lambda found: _ESCAPED.get(found.group(1), found.group(1)), token[1:-1])
            self.strings.append(text)
            return "text", text
        if sort == "name" and token.startswith("$"):
            self.globals[token] = None
        elif sort == "name" and token.upper() not in _WORDS:
            self.fields[token] = None
            return "field", token
        return _OTHER

    def operand(self, value: _Value) -> None:
        """An operand was read."""
        frame = self.frames[-1]
        frame.parts += 1
        frame.side += 1
        frame.value = value if frame.side == 1 else _OTHER
        self.operand_next = False

    def operator(self, token: str) -> None:
        """An operator was read; before an operand only a sign or negation can stand."""
        frame = self.frames[-1]
        if self.operand_next:
            if token not in _PREFIX:
                raise _NotUnderstood
            return
        self.operand_next = True
        if token in _COMPARED:
            self.end_side(frame)
            frame.left, frame.compared, frame.side = frame.value, True, 0
        elif token in _LOGIC or token in _ORDERED:
            self.end_side(frame)
            frame.left, frame.compared, frame.side = _OTHER, False, 0

    def end_side(self, frame: _Frame) -> None:
        """One side of a comparison ends: a field compared with a text is a literal."""
        if frame.compared:
            self.pair(frame.left, frame.value)
            frame.value = _OTHER

    def pair(self, left: _Value, right: _Value) -> None:
        """Note a field and a text that belong together, in either order."""
        for field, text in ((left, right), (right, left)):
            if field[0] == "field" and text[0] == "text":
                self.literals[(field[1], text[1])] = None

    def comma(self) -> None:
        """An argument ends and another begins."""
        frame = self.frames[-1]
        if self.operand_next or not frame.function:
            raise _NotUnderstood
        self.end_argument(frame)
        self.operand_next = True

    def end_argument(self, frame: _Frame) -> None:
        """Keep the argument's value where it is a single operand."""
        self.end_side(frame)
        frame.args.append(frame.value if frame.parts == 1 else _OTHER)
        frame.restart()

    def close(self, at: int) -> None:
        """A bracket closes; what was in it becomes one operand."""
        frame = self.frames[-1]
        if len(self.frames) == 1:
            raise _NotUnderstood("" if self.operand_next else f"A bracket closed in {self.line(at)} was never opened")
        empty = bool(frame.function) and not frame.args and frame.parts == 0
        if self.operand_next and not empty:
            raise _NotUnderstood
        if not empty:
            self.end_argument(frame)
        self.frames.pop()
        self.operand(self.result(frame))

    def result(self, frame: _Frame) -> _Value:
        """What a closed bracket yields, and the literals it holds."""
        args = frame.args
        if frame.function in ("ISPICKVAL", "INCLUDES") and len(args) == 2:
            self.pair(args[0], args[1])
        elif frame.function == "CASE":
            for value in args[1:-1:2]:
                self.pair(args[0], value)
        elif len(args) == 1 and (not frame.function or frame.function in _SAME_FIELD):
            return args[0]
        return _OTHER


def read_formula(text: str) -> Formula:
    """What a formula names. Never fails, whatever the text."""
    if len(text) > MOST_CHARACTERS:
        return Formula(understood=False)
    reader = _Reader(text)
    problem, understood = "", True
    try:
        reader.read()
    except _NotUnderstood as stop:
        problem, understood = stop.problem, False
    return Formula(
        fields=tuple(reader.fields),
        literals=tuple(reader.literals),
        globals=tuple(reader.globals),
        functions=tuple(reader.functions),
        hard_coded=tuple(dict.fromkeys(found for one in reader.strings for found in hard_coded(one))),
        problem=problem,
        understood=understood,
    )


def legs(context: str, path: str) -> list[tuple[str, str]]:
    """A path as (object, path from there): ``Owner:User.Email`` goes to the owner, and begins anew at User."""
    head, colon, rest = path.rpartition(":")
    if not colon:
        return [(context, path)]
    start, _, inner = rest.partition(".")
    return [(context, f"{head.replace(':', '.')}.Id"), (start, inner or "Id")]


def hard_coded(text: str) -> tuple[str, ...]:
    """Record ids, e-mail addresses and URLs in a text, each once; longer texts are looked at in part."""
    if len(text) < _SHORTEST:
        return ()
    seen = text[:MOST_CHARACTERS]
    found: dict[str, None] = {}
    if "://" in seen:
        found |= dict.fromkeys(match.group() for match in _URL.finditer(seen))
        seen = _URL.sub(" ", seen)
    if "@" in seen:
        found |= dict.fromkeys(match.group() for match in _MAIL.finditer(seen))
        seen = _MAIL.sub(" ", seen)
    found |= {match.group(): None for match in _ID.finditer(seen) if _is_id(match.group())}
    return tuple(found)


def _is_id(text: str) -> bool:
    """Whether a text can be a record id: digits enough, and of 18 characters the last three say which are capitals."""
    digits = sum(char.isdigit() for char in text[:15])
    return digits >= 4 and (len(text) == 15 or text[15:] == _capitals(text[:15]))


def _capitals(text: str) -> str:
    """The three characters that make a 15-character id safe where case is ignored."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
    groups = (text[0:5], text[5:10], text[10:15])
    return "".join(alphabet[sum(1 << at for at, char in enumerate(one) if "A" <= char <= "Z")] for one in groups)
