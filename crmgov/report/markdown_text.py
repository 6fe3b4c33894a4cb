"""Text from outside made harmless in Markdown."""

import re
from html import escape as html_escape

from crmgov.report.text import clean

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$=-])")
_MENTION = re.compile(r"@(?=\w)")
_REFERENCE = re.compile(r"([#!~%&$^](?:\\)?)(?=[\w\"])")
"""What hosts make links of after Markdown is done, so that no backslash stops them: ``#12``, ``!12``, ``~label``."""
_ISSUE = re.compile(r"\b(GH\\?-)(?=\d)", re.IGNORECASE)
_EMOJI = re.compile(r":(?=[\w+\\-]+:)")
_NUMBERED = re.compile(r"^(\d+)\.")
_APART = "\u200b"
"""A space of no width: it shows nothing and keeps two characters from being read as one thing."""


def escape(text: str) -> str:
    """A text in which nothing is markup, a link, a mention, a reference to something at the host, or HTML."""
    return _NUMBERED.sub(r"\1\\.", _unlinked(_SPECIAL.sub(r"\\\1", clean(text).strip(" "))))


def in_html(text: str) -> str:
    """A text between HTML tags, where Markdown's own escapes are not read."""
    return html_escape(_unlinked(clean(text).strip(" ")))


def _unlinked(text: str) -> str:
    """A text of which a host makes no links by itself."""
    apart = _MENTION.sub(f"@{_APART}", _REFERENCE.sub(rf"\1{_APART}", text))
    apart = _EMOJI.sub(f":{_APART}", _ISSUE.sub(rf"\1{_APART}", apart))
    return apart.replace("://", f":{_APART}//").replace("www.", f"www{_APART}.")


def code(text: str) -> str:
    """A text as code in a line, whatever it holds; nothing where it holds nothing."""
    if not text:
        return ""
    cleaned = clean(text).replace("<!--", f"<{_APART}!--")
    longest = max((len(run) for run in re.findall(r"`+", cleaned)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if cleaned.startswith("`") or cleaned.endswith("`") else ""
    return f"{fence}{pad}{cleaned}{pad}{fence}"
