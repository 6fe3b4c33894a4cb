"""What a repository says of findings: its Governance document and its policies, also for a source beside them."""

from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from crmgov.check.judgement.run import Judged, judged
from crmgov.check.judgement.severities import POLICY
from crmgov.cli.explain import declare_all
from crmgov.cli.workspace import Workspace
from crmgov.model.diagnostics import CATALOGUE, Diagnostic, Place, Where
from crmgov.model.kinds.governance import Governance
from crmgov.model.snapshot import Snapshot

_KINDS = ("Governance/", POLICY)


class Rulebook(msgspec.Struct, frozen=True, kw_only=True):
    """The documents that judge: ``documents`` holds them alone, ``problems`` what is wrong in their files."""

    documents: Snapshot
    problems: Sequence[Diagnostic]
    locate: Callable[[Where], Place]
    excerpt: Callable[[Place], str | None]
    key: str

    @property
    def _files(self) -> frozenset[str]:
        """The files the documents stand in."""
        return frozenset(where.file for where in self.documents.places.values())

    def locates(self, other: Callable[[Where], Place]) -> Callable[[Where], Place]:
        """Places in these documents as lines, and all others as ``other`` finds them."""
        own = self._files
        return lambda at: self.locate(at) if at.file in own else other(at)

    def excerpts(self, other: Callable[[Place], str | None]) -> Callable[[Place], str | None]:
        """Lines of these documents, and all others as ``other`` reads them."""
        own = self._files
        return lambda place: self.excerpt(place) if place.file in own else other(place)

    def beside(self, snapshot: Snapshot) -> Snapshot:
        """A source that holds no such documents, with these."""
        if not len(self.documents):
            return snapshot
        own = self.documents
        return Snapshot(
            snapshot.source, {**snapshot.digests, **own.digests}, {**snapshot.bodies, **own.bodies},
            coverage=snapshot.coverage, places={**snapshot.places, **own.places}, origins=snapshot.origins,
            derived=snapshot.derived, blobs=snapshot.blobs, left=snapshot.left, hidden=snapshot.hidden,
            files=snapshot.files, elsewhere=snapshot.elsewhere,
        )  # fmt: skip


def rulebook(workspace: Workspace) -> Rulebook:
    """The documents of this repository; empty where it holds no configuration.

    What is wrong in a file that nobody knows the resource of is told too: it may hold one of them.
    """
    if not (workspace.root / "config").is_dir():
        return Rulebook(documents=Snapshot("rules", {}, {}), problems=(), locate=_nowhere, excerpt=_nothing, key="")
    loaded = workspace.loaded
    tree = loaded.snapshot
    chosen = [address for address in tree if address.startswith(_KINDS)]
    documents = Snapshot(
        "rules",
        {address: tree.digests[address] for address in chosen},
        {address: tree.bodies[address] for address in chosen},
        places={address: tree.places[address] for address in chosen if address in tree.places},
    )
    problems = [one for one in loaded.diagnostics if one.address.startswith(_KINDS) or not one.address]
    return Rulebook(
        documents=documents, problems=problems, locate=loaded.locate, excerpt=loaded.excerpt, key=loaded.tree_digest
    )


def judge_by(snapshot: Snapshot, findings: Sequence[Diagnostic], firm: Sequence[Diagnostic], today: date) -> Judged:
    """Findings as the Governance document in a snapshot counts them; ``firm`` are those that nothing makes less."""
    address = next((address for address, _ in snapshot.of_kind("Governance")), "")
    if not address:
        return Judged(counted=[*firm, *findings])
    governance = snapshot.spec(address)
    assert isinstance(governance, Governance)
    place = snapshot.places.get(address)
    known = _codes(snapshot) if governance.severities or governance.areas else frozenset()
    elsewhere = _counted() if governance.waivers else frozenset()
    return judged(findings, governance, place, snapshot, today=today, known=known, firm=firm, elsewhere=elsewhere)


def judge_evidence(snapshot: Snapshot, findings: Sequence[Diagnostic], today: date, *, whole: bool) -> Judged:
    """The findings of an audit as the Governance document in a snapshot counts them. Of its waivers only those of what
    an audit finds are told of, and those that cover nothing only after a ``whole`` audit.
    """
    address = next((address for address, _ in snapshot.of_kind("Governance")), "")
    if not address:
        return Judged(counted=list(findings))
    governance = snapshot.spec(address)
    assert isinstance(governance, Governance)
    own = _counted()
    elsewhere = frozenset[str]() if whole else own
    place = snapshot.places.get(address)
    return judged(findings, governance, place, snapshot, today=today, mine=own, elsewhere=elsewhere)


def _counted() -> frozenset[str]:
    """The codes that only an audit can find."""
    from crmgov.audit.rules import COVERS

    return frozenset(COVERS)


def _codes(snapshot: Snapshot) -> frozenset[str]:
    """Every code a finding can have, and the addresses of all policies."""
    declare_all()
    return frozenset(CATALOGUE) | {address for address, _ in snapshot.of_kind("Policy")}


def _nowhere(at: Where) -> Place:
    return Place(at.file)


def _nothing(_: Place) -> None:
    return None
