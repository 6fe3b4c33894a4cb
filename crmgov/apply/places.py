"""Where values go before a step destroys them."""

import re
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import msgspec

from crmgov.model.diagnostics import brief
from crmgov.model.kinds.environments import Environment, Exports
from crmgov.model.paths import path_fault

CLEAR = ".crmgov/exports"
"""Where an unprotected embedded environment exports to, unencrypted, when it names no place."""
INSTALL = "pip install 'crmgov[records]'"


class NoPlace(msgspec.Struct, frozen=True):
    """There is no place, for this reason."""

    reason: str


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A folder below the repository's root, and to whom files in it are encrypted (nobody: they are in clear)."""

    root: Path
    folder: str
    environment: str
    recipients: tuple[str, ...] = ()

    def file(self, run: str, batch: int, address: str, part: int) -> str:
        """A file's path below the root, without what the address holds beyond plain letters."""
        name = re.sub(r"[^A-Za-z0-9_.-]+", "-", address)[:120]
        safe = [re.sub(r"[^A-Za-z0-9_-]+", "-", text) for text in (self.environment, run)]
        suffix = ".parquet.age" if self.recipients else ".parquet"
        return "/".join((self.folder, *safe, f"{batch + 1:03}-{name}-{part:04}{suffix}"))


def place_of(spec: Environment, environment: str, root: Path, *, embedded: bool) -> Place | NoPlace:
    """The place an environment names. ``embedded``: its records lie in a file of this machine, not with a vendor."""
    missing = [name for name in ("pyarrow", "pyrage") if find_spec(name) is None]
    if missing:
        return NoPlace(f"{' and '.join(missing)} is not installed: {INSTALL}")
    exports = spec.exports if isinstance(spec.exports, Exports) else None
    recipients = tuple(exports.recipients or ()) if exports and exports.recipients else ()
    if not recipients and not (embedded and not protected(spec)):
        return NoPlace("the environment names no exports with recipients, and only an unprotected embedded "
                       "environment may export in clear")  # fmt: skip
    folder = exports.store if exports else CLEAR
    fault = path_fault(folder)
    if fault:
        return NoPlace(f"the folder {brief(folder)} {fault}")
    if not (root / folder).resolve().is_relative_to(root.resolve()):
        return NoPlace(f"the folder {brief(folder)} lies outside the repository")
    unfit = _unfit(recipients)
    if unfit:
        return NoPlace(f"{len(unfit)} of the recipients are no age public keys")
    return Place(root=root, folder=folder, environment=environment, recipients=recipients)


def protected(spec: Environment) -> bool:
    """Whether an environment asks for approvals."""
    return bool(spec.protection and spec.protection.approvals)


def _unfit(recipients: Sequence[str]) -> list[str]:
    import pyrage

    unfit = []
    for text in recipients:
        try:
            pyrage.x25519.Recipient.from_str(text)
        except pyrage.RecipientError:
            unfit.append(text)
    return unfit
