"""What a governance rule looks at: the tree, with everything several rules ask of it worked out once."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

import msgspec

from crmgov.check.bodies import mapping, rows
from crmgov.check.governance.access import Access
from crmgov.check.governance.behaviour import Behaviour, behaviours
from crmgov.check.governance.made import Made, made_fields
from crmgov.check.governance.shown import Shown
from crmgov.check.governance.ways import Ways
from crmgov.check.judgement.owners import Owners
from crmgov.check.mentioned import Mentioned, mentioned
from crmgov.check.session import Session
from crmgov.check.tree import Case, Tree, parts
from crmgov.check.uses import Uses, uses
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Fix, Related, Route, Severity, of
from crmgov.model.kinds.governance import Area
from crmgov.model.provider import Catalogue
from crmgov.model.snapshot import Snapshot

__all__ = ["Scene", "mapping", "rows", "spoken"]


class Scene:
    """One tree under judgement.

    ``today`` decides what is overdue. ``files`` says that the tree is a vendor's own files, which cannot say all that
    YAML can: a rule that such files cannot keep asks for it only where a Governance document does.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        catalogues: Sequence[Catalogue] = (),
        *,
        today: date,
        case: Case = "exact",
        files: bool = False,
    ) -> None:
        self.today = today
        self.files = files
        self.tree = Tree(snapshot, catalogues, case=case)
        self.session = Session(self.tree)
        self._case: Case = case

    @property
    def snapshot(self) -> Snapshot:
        """The resources themselves."""
        return self.tree.snapshot

    @cached_property
    def governance(self) -> Body:
        """The repository's Governance document; empty where there is none."""
        return next((self.tree.body(address) for address in self.tree.of_kind("Governance")), {})

    def budget(self, name: str, shipped: int) -> int:
        """A limit of the Governance document, or the one that is shipped."""
        value = mapping(self.governance.get("budgets")).get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else shipped

    @cached_property
    def areas(self) -> dict[str, Area]:
        """The areas of the Governance document, by name; one that is not well formed is told elsewhere and left out."""
        found = {}
        for name, held in mapping(self.governance.get("areas")).items():
            try:
                found[name] = msgspec.convert(held, Area)
            except msgspec.ValidationError:
                continue
        return found

    @cached_property
    def owners(self) -> Owners:
        """Who answers for what: by a resource's own words, its object's, or those of its area."""
        return Owners(self.snapshot, self.areas)

    def owner(self, address: str) -> str:
        """Who answers for a resource; empty where nobody does."""
        place = self.snapshot.places.get(address)
        return self.owners.of(address, place.file if place is not None else "")

    @cached_property
    def access(self) -> Access:
        """Who may see and do what."""
        return Access(self.tree)

    @cached_property
    def behaviours(self) -> dict[str, Behaviour]:
        """What each automation reads, writes and starts on, by address; inactive ones included."""
        return behaviours(self.tree)

    @cached_property
    def shown(self) -> Shown:
        """Which fields stand on which layouts."""
        return Shown(self.tree)

    @cached_property
    def ways(self) -> Ways:
        """Pipelines and handoffs."""
        return Ways(self.session)

    @cached_property
    def uses(self) -> Uses:
        """Where everything is used, by address of a resource or element."""
        return uses(self.snapshot, self.tree.catalogues, case=self._case)

    @cached_property
    def mentioned(self) -> Mentioned:
        """Which fields are named by what the source holds beside resources."""
        return mentioned(self.snapshot, self.tree.catalogues, case=self._case)

    def own(self, kind: str) -> Iterator[str]:
        """The addresses of one kind made here and in use: neither shipped nor packaged nor retired."""
        for address in self.tree.of_kind(kind):
            if self.snapshot.origin(address) == "custom" and not self.retired(address):
                yield address

    @cached_property
    def made(self) -> list[Made]:
        """The fields made here and in use, on objects whose records people keep."""
        return made_fields(self.tree, self.own("Field"))

    def retired(self, address: str) -> bool:
        """Whether a resource's lifecycle says that it is on its way out, or no longer governed here."""
        if b'"lifecycle"' not in self.snapshot.bodies[address]:
            return False
        lifecycle = self.tree.body(address).get("lifecycle")
        return isinstance(lifecycle, dict) and lifecycle.get("status") in ("deprecated", "retired", "released")

    def finding(
        self,
        code: str,
        message: str,
        address: str,
        route: Route = (),
        *,
        on_key: bool = False,
        hint: str = "",
        detail: str = "",
        severity: Severity | None = None,
        evidence: tuple[str, ...] = (),
        related: tuple[Related, ...] = (),
        fix: Fix | None = None,
        amount: int | None = None,
    ) -> Diagnostic:
        """A finding at a route of a resource; ``detail`` and ``severity`` where they differ from the code's."""
        at = self.tree.where(address, route, on_key=on_key)
        return of(
            code, message, at=at, address=address, hint=hint, detail=detail, severity=severity,
            evidence=evidence, related=related, fix=fix, amount=amount,
        )  # fmt: skip


def spoken(address: str) -> str:
    """A resource as a message names it: ``Lead.Region``, or its plain name."""
    _, parent, name = parts(address)
    return f"{parent}.{name}" if parent is not None else name
