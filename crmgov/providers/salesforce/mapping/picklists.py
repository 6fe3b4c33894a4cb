"""Global and standard value sets."""

from crmgov.model.canonical import Body
from crmgov.providers.salesforce.mapping.base import Context, Form, MetadataType
from crmgov.providers.salesforce.mapping.items import BOOL, INT, Item, Leaf, Left, Rows, enum, native
from crmgov.providers.salesforce.mapping.objects import STAGE_SETS

VALUE: tuple[Item, ...] = (
    native("color"),
    Leaf("default", ("default",), BOOL),
    Leaf("description", ("description",)),
    Leaf("isActive", ("active",), BOOL),
    Leaf("label", ("label",)),
)
"""What every picklist value holds."""

STANDARD_VALUE: tuple[Item, ...] = (
    *VALUE,
    native("allowEmail", BOOL),
    native("cssExposed", BOOL),
    native("groupingString"),
    native("highPriority", BOOL),
    native("reverseRole"),
    native("reviewed", BOOL),
)

GLOBAL = MetadataType(
    name="GlobalValueSet",
    kind="Picklist",
    form=Form("globalValueSets", "globalValueSet"),
    items=(
        Rows("customValue", ("values",), "fullName", VALUE, keyed=True),
        Leaf("description", ("description",)),
        Leaf("masterLabel", ("label",)),
        Leaf("sorted", ("sorted",), BOOL),
    ),
)

STANDARD = MetadataType(
    name="StandardValueSet",
    kind="Picklist",
    form=Form("standardValueSets", "standardValueSet"),
    items=(
        native("groupingStringEnum"),
        Leaf("sorted", ("sorted",), BOOL),
        Rows(
            "standardValue",
            ("values",),
            "fullName",
            (
                *STANDARD_VALUE,
                native("closed", BOOL),
                native("converted", BOOL),
                native("forecastCategory"),
                native("probability", INT),
                native("won", BOOL),
            ),
            keyed=True,
        ),
    ),
)

STAGE_FIELDS = dict(STAGE_SETS.values())
"""For each stage set of the vendor: the field that holds the stage."""
_FLAGS = {"OpportunityStage": ("closed", "won"), "LeadStatus": ("converted",)}


def _finish_stages(body: Body, left: Left, context: Context) -> None:  # noqa: ARG001
    body["field"] = STAGE_FIELDS[context.name]
    for stage in body.get("stages", ()):
        flags = {name: stage.pop(name) for name in ("closed", "won", "converted") if name in stage}
        if flags:
            stage["outcome"] = _outcome(flags)


def _outcome(flags: dict[str, bool]) -> str:
    if flags.get("converted"):
        return "converted"
    if flags.get("won"):
        return "won"
    if flags.get("closed"):
        return "lost" if "won" in flags else "closed"
    return "open"


def _prepare_stages(body: Body, context: Context) -> Body:
    names = _FLAGS.get(context.name, ("closed",))
    return {**body, "stages": [_flagged(stage, names) for stage in body.get("stages") or ()]}


def _flagged(stage: Body, names: tuple[str, ...]) -> Body:
    outcome = stage.get("outcome")
    if outcome is None:
        return stage
    flags = {
        "closed": outcome in ("won", "lost", "closed"),
        "won": outcome == "won",
        "converted": outcome == "converted",
    }
    return {**stage, **{name: flags[name] for name in names}}


STAGES = MetadataType(
    name="StandardValueSet",
    kind="StageSet",
    form=Form("standardValueSets", "standardValueSet"),
    items=(
        native("groupingStringEnum"),
        Leaf("sorted", ("sorted",), BOOL),
        Rows(
            "standardValue",
            ("stages",),
            "fullName",
            (
                *STANDARD_VALUE,
                Leaf("closed", ("closed",), BOOL),
                Leaf("converted", ("converted",), BOOL),
                Leaf(
                    "forecastCategory",
                    ("forecast",),
                    enum(
                        Omitted="omitted",
                        Pipeline="pipeline",
                        BestCase="best_case",
                        MostLikely="most_likely",
                        Forecast="commit",
                        Closed="closed",
                    ),
                ),
                Leaf("probability", ("probability",), INT),
                Leaf("won", ("won",), BOOL),
            ),
            keyed=True,
        ),
    ),
    finish=_finish_stages,
    prepare=_prepare_stages,
)

TYPES = (GLOBAL, STANDARD, STAGES)
