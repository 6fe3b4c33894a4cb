"""Which fields program text names, by API name. Pure: the texts are handed in.

Names that a program puts together while it runs are in no text. Where a text looks as if it did that, it is said, and
no verdict goes as far as it would have gone.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from crmgov.check.tree import parts

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*")
_TEXTS = r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
_C = re.compile(rf"{_TEXTS}|`(?:\\.|[^`\\])*`|/\*.*?(?:\*/|\Z)|//[^\n]*", re.DOTALL)
_HASH = re.compile(rf"{_TEXTS}|#[^\n]*")
_SQL = re.compile(r"'(?:''|[^'])*'|--[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_MARKUP = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_COMMENTS: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(("cls", "trigger", "apex", "js", "mjs", "jsx", "ts", "tsx", "java", "kt", "scala", "cs", "go", "c",
                     "h", "cpp", "php", "swift", "rs", "deluge", "dg"), _C),
    **dict.fromkeys(("py", "rb", "sh", "bash", "pl", "r", "tf", "yaml", "yml", "toml", "ps1"), _HASH),
    **dict.fromkeys(("sql", "soql"), _SQL),
    **dict.fromkeys(("xml", "html", "htm", "page", "component", "cmp", "app", "vue", "svelte", "md"), _MARKUP),
}  # fmt: skip
_DYNAMIC = re.compile(
    r"Database\s*\.\s*(?:query|countQuery|getQueryLocator)\w*\s*\(\s*[^\[\s]|getGlobalDescribe|\bgetDescribe\s*\(|"
    r"\.\s*(?:get|put)\s*\(\s*[A-Za-z_]\w*\s*[,)]|\b[gs]etattr\s*\(|['\"]__[cr]['\"]",
    re.IGNORECASE,
)
"""What programs use that take a field's name from a variable."""


class CodeUse(NamedTuple):
    """The files that name a field: in what runs, and in comments alone."""

    files: tuple[str, ...]
    comments: tuple[str, ...]


class Program(NamedTuple):
    """What program text says of all fields. ``dynamic``: files that take names from variables."""

    uses: Mapping[str, CodeUse]
    dynamic: tuple[str, ...]
    files: int


def program(
    texts: Iterable[tuple[str, str]], fields: Iterable[str], called: Mapping[str, str] | None = None
) -> Program:
    """Look for fields, given by address, in texts, given with their path. ``called`` gives the address by the CRM's
    own names of those that are called otherwise in the configuration: programs may use either.

    A field counts as named by ``Object.Field`` in any case, by its name where that ends in ``__c``, and by any other
    name in a text that names its object too.
    """
    names = _Names(fields, called or {})
    runs: dict[str, dict[str, None]] = {}
    said: dict[str, dict[str, None]] = {}
    dynamic: list[str] = []
    count = 0
    for path, text in texts:
        count += 1
        in_all = names.found(text)
        in_code = names.found(_without_comments(path, text)) if in_all else in_all
        for address in in_all:
            (runs if address in in_code else said).setdefault(address, {})[path] = None
        if _DYNAMIC.search(text):
            dynamic.append(path)
    uses = {
        address: CodeUse(tuple(runs.get(address, ())), tuple(said.get(address, ())))
        for address in (*runs, *(address for address in said if address not in runs))
    }
    return Program(uses, tuple(dynamic), count)


class _Names:
    """What to look for, so that each word of a text is looked up once however many fields there are."""

    def __init__(self, fields: Iterable[str], called: Mapping[str, str]) -> None:
        self._dotted: dict[str, list[str]] = {}
        self._plain: dict[str, list[tuple[str, str]]] = {}
        self._certain: dict[str, list[str]] = {}
        spelt = [(address, way) for address in fields for way in {address, called.get(address, address)}]
        for address, way in spelt:
            _, parent, name = parts(way)
            owner, field = (parent or "").lower(), name.lower()
            self._dotted.setdefault(f"{owner}.{field}", []).append(address)
            if field.endswith("__c"):
                for one in (field, f"{field[:-1]}r"):
                    self._certain.setdefault(one, []).append(address)
            else:
                self._plain.setdefault(field, []).append((owner, address))

    def found(self, text: str) -> set[str]:
        """The addresses of the fields a text names."""
        wholes = {word.lower() for word in _WORD.findall(text)}
        words = {part for word in wholes for part in word.split(".")}
        found: set[str] = set()
        for whole in wholes:
            if "." in whole:
                steps = whole.split(".")
                for one, two in pairwise(steps):
                    found.update(self._dotted.get(f"{one}.{two}", ()))
        for word in words:
            found.update(self._certain.get(word, ()))
            found.update(address for owner, address in self._plain.get(word, ()) if owner in words)
        return found


def _without_comments(path: str, text: str) -> str:
    pattern = _COMMENTS.get(path.rpartition(".")[2].lower())
    return text if pattern is None else pattern.sub(_kept, text)


def _kept(match: re.Match[str]) -> str:
    """A text stays, for it may name a field; a comment goes."""
    found = match.group()
    return found if found[0] in "\"'`" else " "
