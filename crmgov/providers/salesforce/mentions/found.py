"""What one part of a project names: fields of objects, and names that are not understood."""

import re
from collections.abc import Iterable, Iterator, Mapping

from crmgov.providers.salesforce.catalogue import CATALOGUE
from crmgov.providers.salesforce.derive import Facts
from crmgov.providers.salesforce.lookups import Lookups
from crmgov.providers.salesforce.mentions.spellings import path_of

ANYWHERE = ""
"""The object of a field that is named without saying whose it is."""
_LONGEST = 1000
"""Characters of a path; real ones have some tens."""
_PATH = re.compile(r"[A-Za-z]\w*(?:\.[A-Za-z]\w*)*\Z", re.ASCII)
_WORD = re.compile(r"\$?[A-Za-z]\w*(?:\.[A-Za-z]\w*)*", re.ASCII)
_CUSTOM = re.compile(r"__p?c\Z", re.IGNORECASE)
_OVER = re.compile(r"__r\.", re.IGNORECASE)
"""A custom lookup that a path goes over."""
_OBJECT = re.compile(r"__(c|mdt|e|x|b|kav)\Z", re.IGNORECASE)
_RECORD = ("record", "$record", "$record__prior", "$source", "relatedto")
"""What stands for the record at hand, in small letters."""
_KEPT = {"$user": "User", "recipient": "", "sender": "User", "receivinguser": "User", "sendinguser": "User"}
"""Names that stand for an object whatever the record is, in small letters; one that is empty may be of several."""


class Found:
    """Collects the fields that one part names. ``strange`` counts what was not understood."""

    def __init__(self, lookups: Lookups) -> None:
        self.lookups = lookups
        self._facts = Facts(lookups)
        self._loose: set[str] = set()
        self.strange = 0

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields, as ``Object.Field``; ``.Field`` where it is not said of which object."""
        loose = {f"{ANYWHERE}.{name}" for name in self._loose}
        return tuple(sorted(self._facts.reads | loose))

    def column(self, owner: str, spelling: str) -> None:
        """A column of a list, by whatever it is called there."""
        text = spelling.strip()
        if not text:
            return
        known = path_of(owner, text, CATALOGUE)
        if known is None:
            self.strange += 1
        else:
            self.path(*known)

    def columns(self, owner: str, spellings: Iterable[str]) -> None:
        """Several of them."""
        for spelling in spellings:
            self.column(owner, spelling)

    def path(self, owner: str, path: str) -> None:
        """A field of an object, or a path over lookups to one; where it is not known of which object a step is, its
        custom field alone.
        """
        text = path.strip()
        if not text:
            return
        if not _PATH.match(text) or len(text) > _LONGEST:
            self.strange += 1
            return
        steps = list(self._facts.steps(owner, text)) if owner else []
        self._facts.reads.update(steps)
        *over, last = text.split(".")
        known = {step.rpartition(".")[2].casefold() for step in steps}
        over = [f"{step[:-1]}c" for step in over if step.lower().endswith("__r")]
        self._loose.update(name for name in (*over, last) if _CUSTOM.search(name) and name.casefold() not in known)

    def reference(self, owner: str, text: str) -> None:
        """A field as conditions name it: ``Region__c``, ``Lead.Region__c``, ``$Source.Region__c``, a path."""
        head, dot, rest = text.strip().partition(".")
        if not dot:
            self.column(owner, text)
        elif head.startswith("$") or head.lower() in _RECORD:
            self._global(owner, head.lower(), rest)
        elif _is_object(head):
            self.path(head, rest)
        else:
            self.column(owner, text)

    def _global(self, owner: str, head: str, rest: str) -> None:
        if head in _RECORD:
            self.path(owner, rest)
        elif head in _KEPT:
            self.path(_KEPT[head], rest)
        elif head in ("$setup", "$custommetadata"):
            whose, _, field = rest.partition(".")
            self.path(whose, field.rpartition(".")[2])
        elif head == "$objecttype":
            whose, _, named = rest.partition(".")
            part, _, field = named.partition(".")
            if part.lower() == "fields":
                self.path(whose, field.partition(".")[0])

    def formula(self, owner: str, text: str) -> None:
        """A formula over an object's fields."""
        self._facts.formula(owner, text)

    def scan(self, owner: str, text: str, held: Mapping[str, str] | None = None) -> None:
        """A text in which fields may be named anywhere: by object, from the record at hand, or by a bare custom name,
        which may be a field of any object. ``held`` gives the object of further names, in small letters.
        """
        if "__" not in text and "." not in text:
            return
        for match in _WORD.finditer(text):
            self._word(owner, match.group(), held or {})

    def _word(self, owner: str, word: str, held: Mapping[str, str]) -> None:
        head, dot, rest = word.partition(".")
        low = head.lower()
        if len(word) > _LONGEST:
            self.strange += 1
        elif not dot:
            if _CUSTOM.search(word) and not low.startswith("$"):
                self._loose.add(word)
        elif low in held:
            self.path(held[low], rest)
        elif low.startswith("$") or low in _RECORD or low in _KEPT:
            self._global(owner, low, rest)
        elif _is_object(head):
            if _CUSTOM.search(word) or _OVER.search(rest) or _shipped(head, rest):
                self.path(head, rest)
        elif _CUSTOM.search(word) or _OVER.search(word):
            self.path(owner, word)

    def child(self, owner: str, relation: str) -> str:
        """The object behind a list of related records, whose lookup is named by it; empty where it is not known."""
        known = self.lookups.child(owner, relation)
        if known is None:
            return ANYWHERE
        self.path(*known)
        return known[0]

    def along(self, owner: str, relations: Iterable[str]) -> str:
        """The object at the end of several of them."""
        for relation in relations:
            owner = self.child(owner, relation) if owner else ANYWHERE
        return owner


def _is_object(head: str) -> bool:
    return _OBJECT.search(head) is not None or CATALOGUE.object_name(head) is not None


def _shipped(owner: str, path: str) -> bool:
    """Whether a path from an object starts with a field, or a lookup, that every organisation has."""
    first, dot, _ = path.partition(".")
    return CATALOGUE.has("Field", f"{first}Id" if dot else first, owner) is True


def merged(text: str) -> Iterator[str]:
    """What stands between the marks of merge fields: ``{!Lead.Region__c}``, ``{{{Recipient.Region__c}}}``.

    Braces in the quoted words of a formula close nothing.
    """
    at = 0
    while mark := _MARK.search(text, at):
        start, end = mark.end(), mark.end() + _MOST
        found = _QUOTED.match(text, start, end) if mark.group() == "{!" else None
        found = found or _BARE.match(text, start, end)
        at = found.end() if found else start
        if found:
            yield found.group(1)


_MARK = re.compile(r"\{!|\{\{\{?")
_QUOTED = re.compile(r"""((?:[^{}"']|"[^"]*"|'[^']*')+)\}""")
_BARE = re.compile(r"([^{}]+)")
_MOST = 4000
"""Characters of a merge field; formulas of the vendor's have no more."""
