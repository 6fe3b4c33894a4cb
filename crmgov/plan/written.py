"""Conditions as the repository writes them, for CRMs that keep them as text in a language of their own. Pure."""

from functools import cached_property

from crmgov.check.governance.silence.rewrite import rewritten
from crmgov.diff.inputs import Inputs, source_body
from crmgov.model.address import address, parse
from crmgov.model.canonical import Body


class Written:
    """What the repository says of native resources, with the fields by the names the CRM knows."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs

    def condition(self, native: str, attribute: str) -> Body | None:
        """The condition under an attribute of a resource; None where the repository writes none of its own there."""
        said = source_body(self._inputs, native).get(attribute)
        if not isinstance(said, dict):
            return None
        parent = parse(self._inputs.desired.names.get(native, native)).parent or ""

        def leaf(held: Body, _: bool) -> Body:
            named = {key: self._native(parent, str(held[key])) for key in ("field", "other_field") if held.get(key)}
            return {**held, **named}

        return rewritten(said, leaf)

    def _native(self, parent: str, field: str) -> str:
        first, dot, rest = field.partition(".")
        native = self._natives.get(address("Field", first, parent))
        return field if native is None else f"{parse(native).name}{dot}{rest}"

    @cached_property
    def _natives(self) -> dict[str, str]:
        """Native addresses of fields that are called otherwise in the CRM, by address."""
        names = self._inputs.desired.names
        return {name: native for native, name in names.items() if native != name and native.startswith("Field/")}
