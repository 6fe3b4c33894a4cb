"""Options that several verbs share, with one wording."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def output(function: F) -> F:
    """``--output FILE``: what would go to standard output."""
    return click.option("--output", metavar="FILE", help="Write the result to FILE instead of standard output.")(
        function
    )


def full(function: F) -> F:
    """``--full``: everything instead of the first screen."""
    return click.option("--full", is_flag=True, help="Show everything, not only what decides.")(function)


def exit_code(function: F) -> F:
    """``--exit-code``: 3 where something is pending."""
    return click.option("--exit-code", is_flag=True, help="Exit with status 3 if changes or drift are pending.")(
        function
    )


def format_of(*names: str) -> Callable[[F], F]:
    """``--format``: one of these, the first by default."""
    choice = click.Choice(names)
    text = "How the result is written."
    return click.option("--format", "format_", type=choice, default=names[0], show_default=True, help=text)


def spoken(command: click.Command) -> click.Command:
    """``-q`` and ``-v`` after a verb too, where most people write them."""
    if all(parameter.name != "quiet" for parameter in command.params):
        for letter, name, text in (("-q", "quiet", "Print results only."), ("-v", "verbose", "Say more.")):
            option = click.Option(
                [letter, f"--{name}"], is_flag=True, expose_value=False, callback=_voice, is_eager=True, help=text
            )
            command.params.append(option)
    return command


def _voice(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and ctx.obj is not None:
        from msgspec.structs import replace

        ctx.obj = replace(ctx.obj, **{str(parameter.name): True})


def only(function: F) -> F:
    """``--only`` and ``--except``: the addresses that take part."""
    excluded = click.option("--except", "excluded", metavar="ADDRESS", multiple=True, help="Leave these out.")
    chosen = click.option("--only", metavar="ADDRESS", multiple=True, help="Only these; an object names all it holds.")
    return chosen(excluded(function))
