"""What ``pull`` writes: a snapshot without what every organisation has anyway, in names that come back the same."""

from collections.abc import Iterator, Mapping
from typing import Any

from crmgov.model.address import parse
from crmgov.model.canonical import Body, digest, encode
from crmgov.model.snapshot import Snapshot
from crmgov.providers.salesforce.capabilities import CAPABILITIES
from crmgov.providers.salesforce.catalogue import SalesforceCatalogue
from crmgov.providers.salesforce.mapping.items import NATIVE, get, put
from crmgov.providers.salesforce.naming import Names

DEFAULTS: dict[str, Body] = {
    "Object": {
        "allowInChatterGroups": False,
        "compactLayoutAssignment": "SYSTEM",
        "deprecated": False,
        "enableEnhancedLookup": False,
        "enableFeeds": False,
        "enableLicensing": False,
        "nameField.trackFeedHistory": False,
        "nameField.trackHistory": False,
        "recordTypeTrackFeedHistory": False,
        "recordTypeTrackHistory": False,
        "visibility": "Public",
    },
    "Field": {
        "caseSensitive": False,
        "deprecated": False,
        "isAIPredictionField": False,
        "isConvertLeadDisabled": False,
        "isFilteringDisabled": False,
        "isNameField": False,
        "isSortingDisabled": False,
        "reparentableMasterDetail": False,
        "sorted": False,
        "stripMarkup": False,
        "trackFeedHistory": False,
        "trackTrending": False,
        "writeRequiresMasterRead": False,
    },
    "Role": {"mayForecastManagerShare": False},
    "PermissionSet": {"hasActivationRequired": False},
    "Team": {"doesSendEmailToMembers": False},
    "Layout": dict.fromkeys(
        (
            "emailDefault",
            "runAssignmentRulesDefault",
            "showEmailCheckbox",
            "showHighlightsPanel",
            "showInteractionLogPanel",
            "showKnowledgeComponent",
            "showRunAssignmentRulesCheckbox",
            "showSolutionSection",
            "showSubmitAndAttachButton",
        ),
        False,
    ),
}
"""By kind: vendor attributes with the value they have where a file says nothing (metadata.wsdl: an optional boolean
that is absent is false; the fact sheet's section 3 for the rest)."""
_VALUE = dict.fromkeys(("closed", "converted", "cssExposed", "highPriority", "reviewed", "won"), False)


def tidy(snapshot: Snapshot, catalogue: SalesforceCatalogue) -> Snapshot:
    """A read snapshot as it is written to YAML.

    Vendor attributes equal to their default are left out, so are standard fields of which the file says nothing of its
    own. A name that the one-way function for names would change gets ``native.salesforce.name``. Normalised, the result
    says nothing that the read snapshot does not say.
    """
    bodies = dict(_kept(snapshot))
    plain = Snapshot.of(snapshot.source, bodies)
    names = Names(plain, catalogue)
    for one, body in bodies.items():
        if one.partition("/")[0] in CAPABILITIES.kinds and names.native.get(one) != one:
            put(body, (*NATIVE, "name"), parse(one).name)
    encoded = {one: encode(body) for one, body in bodies.items()}
    return Snapshot(
        snapshot.source,
        {one: digest(data) for one, data in encoded.items()},
        encoded,
        coverage=snapshot.coverage,
        places=_only(snapshot.places, bodies),
        origins=_only(snapshot.origins, bodies),
        derived=_only(snapshot.derived, bodies),
        blobs=snapshot.blobs,
        left=snapshot.left,
        hidden=snapshot.hidden,
        files=snapshot.files,
    )


def _only(values: Mapping[str, Any], bodies: Mapping[str, Body]) -> dict[str, Any]:
    return {one: value for one, value in values.items() if one in bodies}


def _kept(snapshot: Snapshot) -> Iterator[tuple[str, Body]]:
    for one in snapshot:
        kind = one.partition("/")[0]
        body = snapshot.body(one)
        _prune(kind, body)
        if kind == "Field" and snapshot.origin(one) == "standard" and not _says(body):
            continue
        yield one, body


def _says(body: Body) -> bool:
    """Whether a standard field's file says more than its type and defaults."""
    defaults = CAPABILITIES.resets["Field"]
    return any(name not in ("type", "references") and defaults.get(name) != value for name, value in body.items())


def _prune(kind: str, body: Body) -> None:
    native = get(body, NATIVE)
    if isinstance(native, dict):
        defaults = DEFAULTS.get(kind, {})
        for name in [name for name, value in native.items() if name in defaults and defaults[name] == value]:
            del native[name]
        if not native:
            del body["native"]
    for row in (*(body.get("values") or () if kind != "Setting" else ()), *(body.get("stages") or ())):
        _value(row)


def _value(row: Body) -> None:
    """A picklist value: a label that repeats the name, and what is so anyway, say nothing."""
    if row.get("label") == row["name"]:
        del row["label"]
    if row.get("default") is False:
        del row["default"]
    if row.get("active") is True:
        del row["active"]
    native = get(row, NATIVE)
    if isinstance(native, dict):
        _drop(native, _VALUE)
        if not native:
            del row["native"]


def _drop(body: Body, defaults: Mapping[str, Any]) -> None:
    for name in [name for name, value in body.items() if name in defaults and defaults[name] == value]:
        del body[name]
