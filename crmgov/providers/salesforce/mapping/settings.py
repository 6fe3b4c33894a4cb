"""Settings: every switch of one area by the vendor's own name."""

import re

from crmgov.model.canonical import Body
from crmgov.providers.salesforce.mapping.base import Context, Form, MetadataType
from crmgov.providers.salesforce.mapping.items import Left, number, scalar_text
from crmgov.providers.salesforce.xml import Tree

_NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?\Z")


def setting_value(text: str) -> str | int | float | bool:
    """The value of a switch: a boolean or number where it is written like one, else the text."""
    if text in ("true", "false"):
        return text == "true"
    if _NUMBER.match(text):
        try:
            return number(text)
        except ValueError:
            return text
    return text


def read_settings(tree: Tree | str, left: Left) -> Body:
    """The body of a settings file; nested and repeated elements go to ``left``."""
    values: Body = {}
    again: set[str] = set()
    for tag, value in tree if not isinstance(tree, str) else ():
        if tag == "fullName":
            continue
        if not isinstance(value, str) or tag in again:
            left.append(tag)
        elif tag in values:
            again.add(tag)
            left.extend((tag, tag))
            del values[tag]
        elif value.strip():
            values[tag] = setting_value(value.strip())
    return {"values": values}


def write_settings(body: Body) -> Tree:
    """The nodes of a settings file."""
    values = body.get("values") or {}
    return [(tag, scalar_text(value)) for tag, value in sorted(values.items()) if value is not None]


class SettingsType(MetadataType, frozen=True, dict=True, kw_only=True):
    """Settings have no table: all scalar elements are held by their own names."""

    def decode(self, tree: Tree | str, left: Left, context: Context) -> Body:  # noqa: ARG002
        """See MetadataType."""
        return read_settings(tree, left)

    def encode(self, body: Body, context: Context) -> Tree:  # noqa: ARG002
        """See MetadataType."""
        return write_settings(body)


SETTINGS = SettingsType(name="Settings", kind="Setting", form=Form("settings", "settings"))

TYPES = (SETTINGS,)
