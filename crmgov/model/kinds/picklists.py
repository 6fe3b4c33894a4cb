"""Kinds Picklist and StageSet: named values, shared between fields."""

from typing import Annotated as A
from typing import Literal

from msgspec import UNSET

from crmgov.model.kinds.base import Json, Opt, Part, Spec, doc

Outcome = Literal["open", "won", "lost", "converted", "closed"]


class Value(Part, frozen=True, kw_only=True):
    """One value of a picklist."""

    name: A[str, doc("Name", "The value as stored in records.")]
    label: A[Opt[str], doc("Label", "The value as people see it.")] = UNSET
    active: A[Opt[bool], doc("Active", "Whether it can be chosen.")] = UNSET
    default: A[Opt[bool], doc("Default", "Whether a new record starts with it.")] = UNSET
    description: A[Opt[str], doc("Description", "When to choose it.")] = UNSET
    aliases: A[Opt[list[str]], doc("Aliases", "Other spellings that mean it.", local=True)] = UNSET
    replaced_by: A[Opt[str], doc("Replaced by", "The value that takes its place.", local=True)] = UNSET
    native: A[Opt[dict[str, dict[str, Json]]], doc("Native", "Attributes of one vendor, by provider.")] = UNSET


class Picklist(Spec, frozen=True, kw_only=True):
    """A shared set of values."""

    values: A[Opt[list[Value]], doc("Values", "The values, in the order people see.", ordered=True)] = UNSET
    restricted: A[Opt[bool], doc("Restricted", "Whether only listed values can be stored.")] = UNSET
    sorted: A[Opt[bool], doc("Sorted", "Whether people see the values in alphabetical order.")] = UNSET


class Stage(Part, frozen=True, kw_only=True):
    """One stage of a stage set."""

    name: A[str, doc("Name", "The stage as stored in records.")]
    label: A[Opt[str], doc("Label", "The stage as people see it.")] = UNSET
    active: A[Opt[bool], doc("Active", "Whether it can be chosen.")] = UNSET
    default: A[Opt[bool], doc("Default", "Whether a new record starts in it.")] = UNSET
    description: A[Opt[str], doc("Description", "What a record in this stage is.")] = UNSET
    probability: A[Opt[int], doc("Probability", "Chance of winning, in percent.", minimum=0, maximum=100)] = UNSET
    outcome: A[Opt[Outcome], doc("Outcome", "Whether a record in it is open or how it ended.")] = UNSET
    forecast: A[Opt[Literal["omitted", "pipeline", "best_case", "most_likely", "commit", "closed"]], doc("Forecast", "The forecast category.")] = UNSET  # fmt: skip
    aliases: A[Opt[list[str]], doc("Aliases", "Other spellings that mean it.", local=True)] = UNSET
    replaced_by: A[Opt[str], doc("Replaced by", "The stage that takes its place.", local=True)] = UNSET
    native: A[Opt[dict[str, dict[str, Json]]], doc("Native", "Attributes of one vendor, by provider.")] = UNSET


class StageSet(Spec, frozen=True, kw_only=True):
    """All stages a field can hold, at the scope the vendor gives them."""

    field: A[
        Opt[str], doc("Field", "The field that holds the stage, as Object.Field.", ref="ObjectField", local=True)
    ] = UNSET
    stages: A[Opt[list[Stage]], doc("Stages", "The stages, in order.", ordered=True)] = UNSET
    sorted: A[Opt[bool], doc("Sorted", "Whether people see the stages in alphabetical order.")] = UNSET
