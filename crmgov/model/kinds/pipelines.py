"""Kinds Pipeline and Lifecycle: the way of a record, and the way of a customer."""

from typing import Annotated as A

from msgspec import UNSET

from crmgov.model.kinds.base import Opt, Part, Spec, doc
from crmgov.model.kinds.criteria import Criterion


class Entry(Part, frozen=True, kw_only=True):
    """What must be true before a record enters a stage."""

    required: A[Opt[list[str]], doc("Required", "Fields that must be filled.", ref="Field")] = UNSET
    enter_when: A[Opt[Criterion], doc("Enter when", "The condition for entering.")] = UNSET


class PipelineStage(Part, frozen=True, kw_only=True):
    """One stage as this pipeline uses it."""

    name: A[str, doc("Name", "A stage of the stage set.", ref="Stage")]
    definition: A[Opt[str], doc("Definition", "What a record in this stage is, in words all agree on.", local=True)] = UNSET  # fmt: skip
    entry: A[Opt[Entry], doc("Entry", "What must be true before a record enters.", local=True)] = UNSET
    next: A[Opt[list[A[str, doc("Stage", "A stage of this pipeline.", ref="PipelineStage")]]], doc("Next", "The stages a record may go to from here.", local=True)] = UNSET  # fmt: skip
    owner_role: A[Opt[str], doc("Owner role", "The role that owns records in this stage.", ref="Role", local=True)] = UNSET  # fmt: skip
    max_age: A[Opt[int], doc("Max age", "Days a record may stay.", minimum=0, local=True)] = UNSET
    default: A[Opt[bool], doc("Default", "Whether a new record starts here.")] = UNSET


class Pipeline(Spec, frozen=True, kw_only=True):
    """The stages an object's records go through, chosen from a stage set and ordered."""

    stage_set: A[Opt[str], doc("Stage set", "The stage set the stages are chosen from.", ref="StageSet")] = UNSET
    active: A[Opt[bool], doc("Active", "Whether the pipeline can be used.")] = UNSET
    stages: A[Opt[list[PipelineStage]], doc("Stages", "The stages, in order.", ordered=True)] = UNSET


class Phase(Part, frozen=True, kw_only=True):
    """One phase of a lifecycle."""

    name: A[str, doc("Name", "The phase.")]
    object: A[Opt[str], doc("Object", "The object whose records stand for it.", ref="Object")] = UNSET
    pipeline: A[Opt[str], doc("Pipeline", "The pipeline the phase goes through.", ref="Pipeline")] = UNSET
    definition: A[Opt[str], doc("Definition", "What is true of a customer in this phase.")] = UNSET
    owner_role: A[Opt[str], doc("Owner role", "The role that answers for the phase.", ref="Role")] = UNSET


class Point(Part, frozen=True, kw_only=True):
    """A stage of a pipeline of an object."""

    object: A[str, doc("Object", "The object.", ref="Object")]
    pipeline: A[Opt[str], doc("Pipeline", "The pipeline.", ref="Pipeline")] = UNSET
    stage: A[Opt[str], doc("Stage", "The stage.", ref="Stage")] = UNSET


class Carry(Part, frozen=True, kw_only=True):
    """A field of the receiving object that takes over a value."""

    to: A[str, doc("To", "The field that takes the value over, as Object.Field.", ref="ObjectField")]
    values: A[Opt[dict[str, str]], doc("Values", "For each value that is spelt otherwise there: its spelling.")] = UNSET


class Handoff(Part, frozen=True, kw_only=True, rename={"from_": "from"}):
    """The moment one role passes a customer to another."""

    name: A[str, doc("Name", "The handoff.")]
    from_: A[Point, doc("From", "The stage it leaves.")]
    to: A[Point, doc("To", "The stage it enters.")]
    role: A[Opt[str], doc("Role", "The receiving role.", ref="Role")] = UNSET
    within_hours: A[Opt[float], doc("Within hours", "The time the receiving role has.", minimum=0)] = UNSET
    required: A[Opt[list[str]], doc("Required", "Fields that must be filled, as Object.Field.", ref="ObjectField")] = UNSET  # fmt: skip
    carry: A[Opt[dict[A[str, doc("Field", "A field as Object.Field.", ref="ObjectField")], Carry]], doc("Carry", "Fields whose values are taken over.")] = UNSET  # fmt: skip
    conversion: A[Opt[bool], doc("Conversion", "Whether it is the vendor's lead conversion.")] = UNSET


class Lifecycle(Spec, frozen=True, kw_only=True):
    """Phases across objects, and the handoffs between them."""

    phases: A[Opt[list[Phase]], doc("Phases", "The phases, in order.", ordered=True)] = UNSET
    handoffs: A[Opt[list[Handoff]], doc("Handoffs", "The handoffs.", ordered=True)] = UNSET
