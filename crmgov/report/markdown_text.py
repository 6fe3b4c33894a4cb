"""Text from outside made harmless in Markdown."""

import re

from crmgov.report.text import clean

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$-])")
_MENTION = re.compile(r"@(?=\w)")


def escape(text: str) -> str:
    """A text in which nothing is markup, a link, a mention or HTML."""
    return (
        _MENTION.sub("@\u200b", _SPECIAL.sub(r"\\\1", clean(text)))
        .replace("://", ":\u200b//")
        .replace("www.", "www\u200b.")
    )


def code(text: str) -> str:
    """A text as code in a line, whatever it holds."""
    cleaned = clean(text)
    longest = max((len(run) for run in re.findall(r"`+", cleaned)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if cleaned.startswith("`") or cleaned.endswith("`") else ""
    return f"{fence}{pad}{cleaned}{pad}{fence}"
