"""Names and labels as the words they are made of, so that spellings can be compared."""

import re
from functools import lru_cache

_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_A-Za-z]+")
"""A word in camel case, in capitals, a number, or letters of another alphabet."""
_SUFFIX = re.compile(r"__(?:c|pc|mdt|e|b|x|kav)\Z", re.IGNORECASE)
"""What Salesforce puts after a name made by a customer."""
_NAMESPACE = re.compile(r"\A[A-Za-z][A-Za-z0-9]{0,14}__(?=.)")
_SHORT = {
    "acct": "account", "addr": "address", "amt": "amount", "cnt": "count", "curr": "currency", "dept": "department",
    "desc": "description", "descr": "description", "dt": "date", "nbr": "number", "num": "number", "opp": "opportunity",
    "opps": "opportunity", "oppty": "opportunity", "org": "organization", "pct": "percent", "pcnt": "percent",
    "percentage": "percent", "qty": "quantity", "mgr": "manager", "tel": "phone", "telephone": "phone",
    "organisation": "organization",
}  # fmt: skip
"""Abbreviations that stand for one word only."""


def bare(name: str) -> str:
    """A name without what the vendor puts around it: ``Region`` for ``acme__Region__c``."""
    own = _SUFFIX.sub("", name)
    return _NAMESPACE.sub("", own) or own


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a name or label, in small letters: ``home phone`` for ``HomePhone`` and ``Home_Phone``."""
    text = text.replace("E-mail", "Email").replace("e-mail", "email").replace("E-Mail", "Email")
    return tuple(part.casefold() for part in _PART.findall(text))


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """One spelling for all that mean the same word for word: abbreviations written out, plurals made singular."""
    return "".join(_single(_SHORT.get(word, word)) for word in words(text))


def _single(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
