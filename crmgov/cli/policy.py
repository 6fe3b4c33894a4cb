"""``crmgov policy``: the repository's own policies, tried on their own examples."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from crmgov.cli import options
from crmgov.cli.app import App
from crmgov.cli.trouble import CLEAN, FINDINGS, stop
from crmgov.model.diagnostics import Diagnostic, Where, brief, has_errors, of
from crmgov.model.kinds import KINDS
from crmgov.model.kinds.base import given

if TYPE_CHECKING:
    from crmgov.check.policy.examples import Trial
    from crmgov.check.policy.law import Law
    from crmgov.cli.workspace import Workspace

POLICY = "Policy/"
"""How the address of a policy begins."""


@click.command("policy", epilog="Example: crmgov policy test")
@click.argument("words", nargs=-1, metavar="test [POLICY]...")
@options.format_of("human", "json")
@options.output
@click.pass_obj
def command(app: App, words: tuple[str, ...], format_: str, output: str | None) -> int:
    """Try policies on their own examples: the passing ones must keep them, the failing ones break them.

    Without names all policies are tried. A policy that is itself at fault is told, and fails.
    """
    from crmgov.check.policy.examples import untried
    from crmgov.check.policy.faults import faults
    from crmgov.check.policy.law import laws
    from crmgov.cli.planning import placed
    from crmgov.cli.workspace import Workspace
    from crmgov.report.policies import Tried, render

    if not words or words[0] != "test":
        raise click.UsageError("write crmgov policy test, or crmgov policy test POLICY")
    workspace = Workspace(app)
    chosen = _chosen(laws(workspace.loaded.snapshot), words[1:])
    problems = _unreadable(workspace)
    trials: list[Trial] = []
    for law in chosen:
        wrong = [*faults(law.address, law.policy, law.place, workspace.environments), *_malformed(law)]
        problems += wrong
        if not wrong:
            trials += _tried(law)
    problems += [
        _untrue(law, trial) for law in chosen for trial in trials if trial.policy == law.address and trial.wrong
    ]
    told = placed(workspace, problems)
    result = Tried([law.name for law in chosen], trials, untried(chosen), told)
    app.write(render(format_, result, excerpt=workspace.loaded.excerpt, color=app.color and output is None), output)
    return FINDINGS if has_errors(told) else CLEAN


def _chosen(laws: list["Law"], names: Sequence[str]) -> list["Law"]:
    """The policies of these names, or all. Ends the verb where there is none of a name."""
    wanted = [name.removeprefix(POLICY) for name in names]
    for name in wanted:
        if all(law.name.lower() != name.lower() for law in laws):
            known = ", ".join(law.name for law in laws) or "none"
            raise stop("CLI006", f"No policy is called {brief(name)}; known: {known}")
    return [law for law in laws if not wanted or law.name.lower() in {name.lower() for name in wanted}]


def _unreadable(workspace: "Workspace") -> list[Diagnostic]:
    """What is wrong with policies' documents, or with files that may hold one."""
    return [one for one in workspace.loaded.diagnostics if one.address.startswith(POLICY) or not one.address]


def _malformed(law: "Law") -> Iterator[Diagnostic]:
    """Documents in examples that no such document can be."""
    from crmgov.check.policy.examples import ENVELOPE
    from crmgov.schema.validate import problems

    for sort, examples in (("passing", law.policy.passing), ("failing", law.policy.failing)):
        for example in given(examples, []):
            resource, change = given(example.resource, None), given(example.change, {})
            for route, document in ((("resource",), resource), (("change", "resource"), change.get("resource"))):
                kind = document.get("kind") if isinstance(document, dict) else None
                if isinstance(document, dict) and isinstance(kind, str) and kind in KINDS:
                    at = _at(law, sort, example.name, *route) or Where("")
                    own = {key: value for key, value in document.items() if key not in ENVELOPE}
                    yield from problems(kind, own, at, law.address)


def _tried(law: "Law") -> list["Trial"]:
    from crmgov.check.policy.examples import trials
    from crmgov.plan.policy_examples import broken_by_example

    return list(trials(law, lambda example: broken_by_example(law, example)))


def _untrue(law: "Law", trial: "Trial") -> Diagnostic:
    message = f'{law.name}: "{brief(trial.example)}" is among the {trial.expected} examples: {trial.wrong}'
    at = _at(law, trial.expected, trial.example)
    return of("POLICY108", message, at=at, address=law.address, evidence=trial.breaches)


def _at(law: "Law", *route: str) -> Where | None:
    place = law.place
    return None if place is None else Where(place.file, place.document, (*place.route, *route))
