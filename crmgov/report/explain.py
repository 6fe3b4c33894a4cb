"""``explain``: what a code, a hazard, a vendor's word or one of crmgov's own words means."""

from textwrap import fill

from crmgov.model.diagnostics import CATALOGUE, CodeInfo
from crmgov.model.plans import HAZARDS
from crmgov.report.words import OWN, WORDS, Word
from crmgov.schema.words import key_word, value_word

_WIDTH = 88


def explain(word: str) -> str | None:
    """What a word means, ending with a line end; None for a word that is not known.

    Codes are those declared by the modules imported so far. Case, hyphens, underscores and plurals do not matter.
    """
    code = CATALOGUE.get(word.strip().upper())
    if code is not None:
        return _code(code)
    folded = _folded(word)
    parts = [_hazard(name) for name in HAZARDS if _folded(name) == folded]
    parts += [_own(entry) for entry in WORDS if _folded(entry.ours) == folded]
    parts += [_theirs(entry, word, vendors) for entry in WORDS if (vendors := _vendors(entry, folded))]
    parts += [f"{name}\n{_lines(text)}" for name, text in OWN.items() if _folded(name) == folded]
    parts = parts or _attribute(word)
    return "\n\n".join(parts) + "\n" if parts else None


def known_words() -> list[str]:
    """Everything that can be explained, for completion and near matches."""
    theirs = {word for entry in WORDS for words in entry.theirs.values() for word in words}
    return sorted({*CATALOGUE, *HAZARDS, *OWN, *(entry.ours for entry in WORDS), *theirs})


def _folded(word: str) -> str:
    folded = word.strip().casefold().replace("-", "").replace("_", "").replace(" ", "")
    if folded.endswith("ies"):
        return folded[:-3] + "y"
    return folded[:-1] if folded.endswith("s") and not folded.endswith("ss") else folded


def _code(info: CodeInfo) -> str:
    parts = [
        f"{info.code} ({info.severity})  {info.summary}",
        f"Why:\n{_lines(info.why)}",
        f"Mend:\n{_lines(info.mend)}",
    ]
    if info.example:
        parts.append("Example:\n" + "\n".join(f"  {line}" for line in info.example.splitlines()))
    return "\n\n".join(parts) + "\n"


def _hazard(name: str) -> str:
    text = f"{HAZARDS[name][0].upper()}{HAZARDS[name][1:]}."
    how = f"A step with it is applied only when it was accepted: crmgov apply --allow {name}, or --allow {name}:ADDRESS"
    return f"{name} (hazard)\n{_lines(text)}\n{_lines(how)}"


def _own(entry: Word) -> str:
    rows = [_row(vendor, words) for vendor, words in entry.theirs.items()]
    return "\n".join([entry.ours, _lines(entry.means), f"  Written as {entry.write}", "", "Called", *rows])


def _row(vendor: str, words: tuple[str, ...]) -> str:
    return fill(f"  {vendor + ':':<16}{', '.join(words)}", _WIDTH, subsequent_indent=" " * 18)


def _vendors(entry: Word, folded: str) -> list[str]:
    """The vendors that use a word for an entry, where it is not crmgov's own word for it too."""
    if folded == _folded(entry.ours):
        return []
    return [vendor for vendor, words in entry.theirs.items() if folded in map(_folded, words)]


def _theirs(entry: Word, word: str, vendors: list[str]) -> str:
    head = f"{word} ({', '.join(vendors)}) is crmgov's {entry.ours}"
    return "\n".join([head, _lines(entry.means), f"  Written as {entry.write}"])


def _attribute(word: str) -> list[str]:
    """A vendor's word for a value or a key of the model."""
    found = []
    for attribute in ("type", "on_delete"):
        value = value_word("Field", attribute, word)
        if value is not None:
            found.append(f"{word} ({value[0]}) is crmgov's {value[1]}\n  Written as {attribute}: {value[1]} in a Field")
    for kind in ("Field", "Object", "Validation"):
        key = key_word(kind, word)
        if key is not None:
            found.append(f"{word} ({key[0]}) is crmgov's {key[1]}\n  Written as {key[1]}: in kind: {kind}")
    operator = value_word("Validation", "op", word)
    if operator is not None:
        found.append(f"{word} ({operator[0]}) is crmgov's {operator[1]}\n  Written as op: {operator[1]} in a condition")
    return found


def _lines(text: str) -> str:
    return fill(text, _WIDTH, initial_indent="  ", subsequent_indent="  ", break_long_words=False)
