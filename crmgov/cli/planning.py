"""Everything a plan is made from, brought together: tree, live state, ledger, git, evidence."""

import base64
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from crmgov import __version__
from crmgov.cli.prepared import WORTH_RESOURCES, prepare
from crmgov.cli.providers import case_of, catalogue
from crmgov.cli.revision import Asking
from crmgov.cli.sources import recorded as read_recorded
from crmgov.cli.trouble import FINDINGS, Stop, stop
from crmgov.cli.workspace import Workspace, protected
from crmgov.diff.inputs import Inputs
from crmgov.diff.spelling import as_live
from crmgov.model.address import Address, parse
from crmgov.model.address import address as write_address
from crmgov.model.baseline import History
from crmgov.model.canonical import Body
from crmgov.model.diagnostics import Diagnostic, Where, has_errors
from crmgov.model.evidence import Evidence, Question
from crmgov.model.kinds.environments import Environment
from crmgov.model.plans import Context, Plan
from crmgov.model.provider import PROTOCOL_VERSION, Identity, Provider, Scope, Tells
from crmgov.model.snapshot import Snapshot
from crmgov.plan.make import Target, complete, draft
from crmgov.plan.operations import operation, renames_of
from crmgov.plan.proposals import Draft, Options

if TYPE_CHECKING:
    from crmgov.ledger.protocol import Ledger

_MOST_JUDGED = 20_000
"""Resources beyond which a plan leaves it to ``validate`` to judge what is new."""


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """One environment with all that is known of it at one moment."""

    name: str
    document: Environment
    provider: Provider
    identity: Identity
    inputs: Inputs
    history: History
    problems: list[Diagnostic]
    time: datetime
    recorded: str = ""
    """The file of a recorded snapshot that stands in for live."""

    @property
    def protected(self) -> bool:
        """Whether the environment is protected."""
        return protected(self.document)


def scene(workspace: Workspace, name: str, *, recorded: str | None = None) -> Scene:
    """Bring everything together for one environment. Ends the verb where the tree has errors."""
    with ExitStack() as stack:
        git = stack.enter_context(closing(Asking(workspace.root)))
        name = workspace.called(name)
        begun = _begun(workspace, name) if len(workspace.loaded.snapshot) >= WORTH_RESOURCES else None
        if begun is not None:
            stack.enter_context(closing(begun))
        return _scene(workspace, name, git, begun, recorded)


def _begun(workspace: Workspace, name: str) -> "Ledger | None":
    """The ledger with reading its heads begun; None where it cannot be, which is told when its turn comes."""
    from crmgov.ledger.errors import LedgerError

    try:
        ledger = workspace.ledger(name)
    except (LedgerError, Stop):
        return None
    ledger.begin()
    return ledger


def _scene(workspace: Workspace, name: str, git: Asking, begun: "Ledger | None", recorded: str | None) -> Scene:
    document = workspace.environment(name)
    provider = workspace.provider(name) if recorded is None else workspace.offline_provider(name)
    time = datetime.now(UTC).replace(microsecond=0)
    made = prepare(workspace, name, provider)
    if has_errors(made.problems):
        raise Stop(FINDINGS, placed(workspace, made.problems))
    told = [d for d in made.problems if d.severity != "error"]
    if recorded is None:
        identity = provider.identity()
        live = provider.read(Scope())
        told += _as_warnings(provider.problems if isinstance(provider, Tells) else ())
    else:
        identity, live = read_recorded(recorded)
    with closing(begun or workspace.ledger(name)) as ledger:
        baseline = ledger.baseline()
    inputs = Inputs(
        desired=made.desired,
        source=made.source,
        marked=made.marked,
        live=live,
        baseline=baseline,
        capabilities=provider.capabilities(),
        native_name=NativeName(provider, made.source),
        same=provider.same,
    )
    return Scene(
        name=name, document=document, provider=provider, identity=identity, inputs=as_live(inputs),
        history=git.history(baseline.commits),
        problems=told, time=time, recorded=recorded or "",
    )  # fmt: skip


def _as_warnings(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What is wrong with live files stops no plan by itself: nothing is planned from what was not read."""
    return [d if d.severity == "note" else msgspec.structs.replace(d, severity="warning") for d in problems]


class NativeName:
    """The native address a repository address had, asked of the provider one at a time."""

    def __init__(self, provider: Provider, source: Snapshot) -> None:
        self._provider = provider
        self._source = source

    def __call__(self, address: str) -> str:
        """The native address; the address itself where the provider has no other."""
        at = parse(address)
        bodies: dict[str, Body] = {address: self._body(at)}
        parent = None if at.parent is None else write_address("Object", at.parent)
        if parent is not None and parent in self._source:
            bodies[parent] = self._source.body(parent)
        names = self._provider.normalise(Snapshot.of("name", bodies)).names
        return next((native for native, name in names.items() if name == address), address)

    @cached_property
    def _renamed(self) -> list[str]:
        """The addresses whose documents name earlier names."""
        return [address for address, data in self._source.bodies.items() if b'"renamed_from"' in data]

    def _body(self, at: Address) -> Body:
        """The body of what had this name before, on which its native name may depend, without the names it has now."""
        for address in self._renamed:
            now, body = parse(address), self._source.body(address)
            if (now.kind, now.parent) == (at.kind, at.parent) and at.name in (body.get("renamed_from") or ()):
                return {name: value for name, value in body.items() if name != "native"}
        return {}


def placed(workspace: Workspace, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics with their places resolved to lines."""
    locate = workspace.loaded.locate

    def resolve(diagnostic: Diagnostic) -> Diagnostic:
        at = locate(diagnostic.at) if isinstance(diagnostic.at, Where) else diagnostic.at
        related = tuple(
            msgspec.structs.replace(r, at=locate(r.at)) if isinstance(r.at, Where) else r for r in diagnostic.related
        )
        return msgspec.structs.replace(diagnostic, at=at, related=related)

    return [resolve(diagnostic) for diagnostic in diagnostics]


def drafted(workspace: Workspace, scene: Scene, options: Options) -> Draft:
    """The draft for a scene: what would change, before anything is measured."""
    drift = scene.document.drift
    kinds = {kind for kind, what in drift.items() if what == "revert"} if isinstance(drift, dict) else set()
    chosen = msgspec.structs.replace(
        options,
        today=scene.time.date().isoformat(),
        protected=scene.protected,
        tree_complete=not workspace.loaded.broken,
        revert_kinds=frozenset(kinds),
    )
    return draft(scene.inputs, scene.history, chosen)


def finished(workspace: Workspace, scene: Scene, result: Draft) -> Plan:
    """The plan, measured and sealed."""
    target = Target(
        environment=scene.name,
        identity=scene.identity,
        protected=scene.protected,
        provider_version=PROTOCOL_VERSION,
        chain=scene.inputs.baseline.chain,
    )
    context = Context(
        tool=__version__,
        created=scene.time.isoformat().replace("+00:00", "Z"),
        commit=scene.history.commit,
        author=scene.history.author,
        uncommitted=scene.history.uncommitted,
        source=scene.recorded,
        preview=bool(scene.recorded),
        tree=workspace.loaded.tree_digest,
        diagnostics=tuple(placed(workspace, scene.problems)),
    )
    desired = scene.inputs.desired.snapshot
    wanted = {record.desired for record in result.records}
    bodies = {digest: desired.body(native) for native, digest in desired.digests.items() if digest in wanted}
    return complete(
        result,
        measured(scene, result.questions, workspace.root),
        target,
        context,
        desired=bodies,
        blobs=_Encoded(desired.blobs),
        recover=scene.inputs.capabilities.recover,
        findings=_of_arrivals(scene, result),
        policies=scene.inputs.source,
    )


def _of_arrivals(scene: Scene, result: Draft) -> dict[str, tuple[str, ...]]:
    """What validation says of the things that are new, by address: nobody would see them, nothing leads to them."""
    source = scene.inputs.source
    new = {step.address for step in result.proposals if step.action == "add"}
    if not new or len(source) > _MOST_JUDGED:
        return {}
    from crmgov.check.governance.run import govern
    from crmgov.cli.rulebook import judge_by

    shipped = catalogue(scene.document.provider)
    found: dict[str, tuple[str, ...]] = {}
    today = scene.time.date()
    told = govern(source, [shipped], today=today, case=case_of([scene.document.provider]))
    for one in judge_by(source, told, (), today).counted:
        if one.address in new and one.severity != "note":
            found[one.address] = (*found.get(one.address, ()), f"{one.code} {one.message}")
    return found


class _Encoded(Mapping[str, str]):
    """Vendor files in Base64, encoded when asked for."""

    def __init__(self, blobs: Mapping[str, bytes]) -> None:
        self._blobs = blobs

    def __getitem__(self, digest: str) -> str:
        return base64.b64encode(self._blobs[digest]).decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self._blobs)

    def __len__(self) -> int:
        return len(self._blobs)


def measured(scene: Scene, questions: list[Question], root: Path) -> list[Evidence]:
    """Answers from the environment, or from the records that its document names, or why there are none."""
    measure = getattr(scene.provider, "measure", None)
    if not questions:
        return []
    if scene.recorded:
        return [Evidence(exactness="unmeasured", reason="a recorded snapshot holds no records")] * len(questions)
    if measure is None:
        from crmgov.cli.plan_records import measured_elsewhere

        return measured_elsewhere(root, scene.document, scene.inputs.live, questions, scene.time)
    answers: list[Evidence] = measure(questions)
    return answers


def write_manifests(folder: Path, plan: Plan, scene: Scene) -> None:
    """Write what the vendor's own tools need to deploy a plan. Ends the verb where the provider knows none."""
    from crmgov.write.atomic import replace_all

    make = getattr(scene.provider, "manifests", None)
    if make is None:
        raise stop("CLI004", f"{scene.name} is not deployed by manifests", mend="Only Salesforce projects are.")
    renames = renames_of(plan.core)
    files: dict[str, bytes] = make([operation(step, scene.inputs.live, renames) for step in plan.core.steps])
    folder.mkdir(parents=True, exist_ok=True)
    replace_all(folder, files)
