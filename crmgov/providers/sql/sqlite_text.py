"""SQLite keeps a table as the text that made it; this takes the text apart so that one part can be exchanged."""

import re
from collections.abc import Callable, Iterator

_TOKEN = re.compile(
    r"""(?P<quoted>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])|(?P<text>'(?:[^']|'')*')|(?P<space>\s+|--[^\n]*|/\*.*?\*/)"""
    r"""|(?P<word>[A-Za-z_\x80-\U0010ffff][A-Za-z0-9_$\x80-\U0010ffff]*)|(?P<number>[0-9][0-9A-Za-z_.]*)|(?P<sign>.)""",
    re.DOTALL,
)
_TABLE_CONSTRAINTS = frozenset({"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"})
_CLAUSES = frozenset({"CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "DEFAULT", "COLLATE", "REFERENCES",
                      "GENERATED", "AS"})  # fmt: skip


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """(sort, piece, depth of parentheses around it)."""
    depth = 0
    for match in _TOKEN.finditer(text):
        piece = match.group()
        if piece == ")":
            depth -= 1
        yield match.lastgroup or "", piece, depth
        if piece == "(":
            depth += 1


def unquote(piece: str) -> str:
    """The name a piece stands for."""
    if piece[:1] == '"':
        return piece[1:-1].replace('""', '"')
    if piece[:1] == "`":
        return piece[1:-1].replace("``", "`")
    return piece[1:-1] if piece[:1] in ("[", "'") else piece


class TableText:
    """The text of a table: its items (columns, then constraints) and what follows the parentheses."""

    def __init__(self, items: list[str], suffix: str) -> None:
        self.items = items
        self.suffix = suffix

    @classmethod
    def parse(cls, sql: str) -> "TableText":
        """Take a CREATE TABLE statement apart."""
        items, item, suffix, state = [], "", "", "head"
        for _, piece, depth in _tokens(sql):
            if state == "tail":
                suffix += piece
            elif state == "head":
                if piece == "(":
                    state = "items"
            elif depth == 0 and piece == ")":
                items.append(item.strip())
                state = "tail"
            elif depth == 1 and piece == ",":
                items.append(item.strip())
                item = ""
            else:
                item += piece
        return cls(items, suffix)

    def statement(self, name: str) -> str:
        """The statement that makes the table under a name (an identifier already quoted)."""
        return f"CREATE TABLE {name} (\n  " + ",\n  ".join(self.items) + f"\n){self.suffix}"

    def column(self, name: str, fold: Callable[[str], str]) -> int:
        """The place of a column's definition. Raises ValueError where there is none."""
        for index, item in enumerate(self.items):
            sort, piece = _first(item)
            constraint = sort == "word" and piece.upper() in _TABLE_CONSTRAINTS
            if not constraint and fold(unquote(piece)) == fold(name):
                return index
        raise ValueError(name)

    def add_column(self, definition: str) -> None:
        """Add a column behind the last one."""
        index = next((i for i, item in enumerate(self.items) if _is_constraint(item)), len(self.items))
        self.items.insert(index, definition)

    def drop_constraints(self, column: str, words: frozenset[str], fold: Callable[[str], str]) -> None:
        """Leave out table constraints of these sorts (UNIQUE, FOREIGN) that stand on this column alone."""
        self.items = [item for item in self.items if not _stands_on(item, column, words, fold)]


def _first(item: str) -> tuple[str, str]:
    return next(((sort, piece) for sort, piece, _ in _tokens(item) if sort != "space"), ("", ""))


def _is_constraint(item: str) -> bool:
    sort, piece = _first(item)
    return sort == "word" and piece.upper() in _TABLE_CONSTRAINTS


def _stands_on(item: str, column: str, words: frozenset[str], fold: Callable[[str], str]) -> bool:
    if not _is_constraint(item):
        return False
    tokens = [(sort, piece, depth) for sort, piece, depth in _tokens(item) if sort != "space"]
    if tokens[0][1].upper() == "CONSTRAINT":
        tokens = tokens[2:]
    if not tokens or tokens[0][1].upper() not in words:
        return False
    opening = next((i for i, (_, piece, _) in enumerate(tokens) if piece == "("), len(tokens))
    inner = [piece for _, piece, depth in tokens[opening + 1 :] if depth == 1]
    closing = next((i for i, (_, piece, _) in enumerate(tokens) if i > opening and piece == ")"), len(tokens))
    inner = [piece for _, piece, _ in tokens[opening + 1 : closing]]
    return len(inner) == 1 and fold(unquote(inner[0])) == fold(column)


def kept_clauses(definition: str) -> str:
    """The CHECK and COLLATE clauses of a column's definition, which crmgov neither makes nor removes."""
    clauses: list[list[str]] = []
    for sort, piece, depth in _tokens(definition):
        if sort == "word" and depth == 0 and piece.upper() in _CLAUSES:
            clauses.append([])
        if clauses:
            clauses[-1].append(piece)
    kept, named = "", ""
    for clause in clauses:
        word, text = clause[0].upper(), "".join(clause).strip()
        if word == "CONSTRAINT":
            named = text + " "
            continue
        if word in ("CHECK", "COLLATE"):
            kept += f" {named}{text}"
        named = ""
    return kept
