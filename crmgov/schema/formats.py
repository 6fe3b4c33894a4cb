"""The JSON Schemas of the files crmgov itself writes: plans, snapshots, audits and known findings."""

from msgspec import inspect

from crmgov.model import audits, known, plans, recording
from crmgov.schema.nodes import Json, Nodes, Words, of_class, spaced

_ROUTE = "The way to an attribute or element: attribute names and element keys in turn."

_TOLD: dict[str, dict[str, str]] = {
    "Plan": {
        "core": "What is applied; byte-identical for the same inputs, and what approvals sign.",
        "context": "What is told beside the core; never decides what is applied.",
        "format": "The format of this file.",
        "plan_digest": "The digest of the core.",
        "file_digest": "The digest of the whole file, this entry left empty.",
    },
    "Core": {
        "environment": "The environment's name in the repository.",
        "identity": "Which instance of which CRM this is.",
        "protected": "Whether approvals are needed.",
        "provider_version": "The version of the provider's normal form.",
        "chain": "The digest of the ledger's last entry; empty for an environment that was never applied to.",
        "steps": "The changes, in the order in which they are made.",
        "records": "What the ledger will hold of each resource whose head changes.",
        "absent": "Native addresses the ledger holds and the tree does not, whose removal is not proven.",
        "desired": "Normalised desired bodies, by digest.",
        "blobs": "Vendor files the steps write: by digest, Base64 of their bytes.",
    },
    "Identity": {
        "provider": "The kind of CRM.",
        "instance": "The instance's own id.",
        "kind": "Whether it is a sandbox or production.",
        "name": "What people call it.",
    },
    "Step": {
        "id": "The step's number.",
        "action": "What is done.",
        "address": "The address in the repository.",
        "native": "The address in the environment.",
        "changes": "What changes, attribute by attribute.",
        "renamed_from": "The native address before a rename.",
        "fingerprint": "Digest of the live body the step rests on; empty where nothing is there.",
        "uses": "Digests of what uses it, by native address, where the step removes or narrows.",
        "hazards": "The classes of harm it does.",
        "after": "Numbers of the steps that must be done before.",
    },
    "RouteChange": {
        "route": _ROUTE,
        "before": "The value before; left out where there was none.",
        "after": "The value after; left out where there is none.",
    },
    "Record": {
        "native": "The address in the environment.",
        "address": "The address in the repository.",
        "action": "What becomes of its head in the ledger.",
        "desired": "Digest of the desired body.",
        "protect": "The changes its document forbids.",
        "head": "Digest of the head this rests on; empty where there was none.",
        "fingerprint": "Digest of the live body this rests on, where no step has one.",
    },
    "Context": {
        "tool": "The version of crmgov that made the plan.",
        "created": "When it was made (ISO 8601, UTC).",
        "commit": "The commit it was made from.",
        "author": "Who wrote that commit.",
        "uncommitted": "Whether the work tree held changes that were not committed.",
        "source": "What was read as live.",
        "preview": "Whether it was made against a recorded snapshot and can never be applied.",
        "first": "Whether the environment was never applied to.",
        "about": "What people want to know of each step.",
        "deviations": "Live state that differs from what was expected and is left alone.",
        "unmanaged": "How many live resources are governed by nobody.",
        "overwritten": "How many live values that were never applied from here are overwritten.",
        "diagnostics": "What was found while the plan was made.",
        "tree": "Digest of the configuration files it was made from.",
    },
    "About": {
        "step": "The step's number.",
        "label": "What people call the resource.",
        "because": "Why the step is in the plan.",
        "facts": "Evidence for its hazards.",
        "used_by": "What uses it once the plan is done.",
        "findings": "What validation says of a thing that is new, as CODE message.",
        "recover": "What the vendor offers to undo it.",
        "commit": "The commit that asked for it.",
        "author": "Who wrote that commit.",
        "by_hand_before": "What a person must do before it.",
        "by_hand_after": "What a person must do after it.",
    },
    "Fact": {
        "hazard": "The hazard it is about.",
        "text": "The evidence in words.",
        "evidence": "The evidence in figures.",
    },
    "Evidence": {
        "exactness": "Whether it is exact, an estimate, or unmeasured.",
        "count": "How many records.",
        "of": "Of how many records looked at.",
        "method": "How it was estimated.",
        "reason": "Why it is unmeasured.",
        "source": "Where it was measured.",
        "time": "When it was measured (ISO 8601, UTC).",
    },
    "Deviation": {
        "address": "The address in the repository.",
        "native": "The address in the environment.",
        "sort": "How it differs.",
        "changes": "What differs, attribute by attribute.",
        "text": "The same in words.",
    },
    "Diagnostic": {
        "code": "The code that crmgov explain takes.",
        "message": "What is wrong.",
        "severity": "How serious it is.",
        "detail": "Why it matters.",
        "mend": "How to mend it.",
        "hint": "What stands under the caret.",
        "at": "Where it is.",
        "related": "Other places that belong to it.",
        "address": "The resource or element it is about.",
        "evidence": "Evidence, in words.",
        "fix": "How it can be mended by machine.",
        "policy": "The address of the policy that was not kept, where it is about one.",
        "amount": "How much there is of what a budget limits, where it is about that.",
    },
    "Where": {
        "file": "The file, relative to the repository's root.",
        "document": "The document in it, counted from 0.",
        "route": _ROUTE,
        "on_key": "Whether the key is meant rather than its value.",
    },
    "Place": {
        "file": "The file, relative to the repository's root.",
        "line": "The line, counted from 1.",
        "column": "The column, counted from 1.",
        "end_line": "The line in which it ends.",
        "end_column": "The column before which it ends.",
    },
    "Related": {"label": "What the place is.", "at": "The place."},
    "Fix": {
        "title": "What it does.",
        "edits": "The edits it consists of.",
        "safe": "Whether it is applied without asking.",
    },
    "Edit": {"at": "Where it is made.", "action": "What is done there.", "value": "The value or name written."},
    "Recording": {
        "format": "The format of this file.",
        "environment": "The environment that was read.",
        "identity": "Which instance of which CRM this is.",
        "taken": "When it was read (ISO 8601, UTC).",
        "kinds": "The kinds that were read completely, but for the gaps.",
        "gaps": "What was read in part or not at all.",
        "resources": "The bodies of all resources, by address.",
        "origins": "Who made a resource, by address, where it is not custom.",
        "blobs": "Vendor files: by digest, Base64 of their bytes.",
        "left": "How many things of each type the source holds and the model does not.",
        "hidden": "How many things the source's own ignore rules hide.",
    },
    "AuditDocument": {
        "format": "The format of this file.",
        "environment": "The environment that was judged; empty where only an export was named.",
        "source": "Where the records were counted.",
        "time": "When they were counted (ISO 8601, UTC).",
        "against": "The day of the earlier audit this one is compared with; empty where there is none.",
        "young_days": "Days a field is too new to be judged.",
        "recent_days": "Days that recent reaches back.",
        "minimum_records": "Records below which nothing is said of a field.",
        "not_looked_at": "Where a use of a field may hide.",
        "objects": "The objects whose records were counted, and what was not read of them.",
        "verdicts": "Every field with its verdict, unknown included.",
        "automations": "Automations and routing rules with the records they pass by.",
        "findings": "What was found: new, known and waived.",
        "off": "How many findings the repository switches off.",
    },
    "AuditedObject": {
        "name": "The object's name.",
        "label": "What people call it.",
        "records": "How many records it has.",
        "fields": "How many fields were judged.",
        "custom": "How many of these are no field the vendor ships.",
        "not_held": "Names of configured fields for which the source has no column.",
        "strange": "How many columns of the source are no field.",
    },
    "FieldVerdict": {
        "address": "The field's address.",
        "object": "Its object.",
        "name": "Its name.",
        "label": "What people call it.",
        "type": "Its type.",
        "custom": "Whether it is no field the vendor ships.",
        "verdict": "Whether it earns its place.",
        "reasons": "Why, in words.",
        "not_known": "What was not known, and so caps the verdict.",
        "evidence": "The figures behind it.",
        "writers": "Who can write it: users, automation, integration.",
        "uses": "Addresses of what uses it, by kind.",
        "past": "The same field in earlier audits, oldest first.",
    },
    "FieldEvidence": {
        "records": "Records of the object.",
        "filled": "Records with a value.",
        "recent_records": "Records made recently.",
        "recent_filled": "Those of them with a value.",
        "last_write": "Day on which a record with a value was last written.",
        "record_types": "The same by configured record type; others are left out.",
        "hands": "Records with a value by who wrote them last: integration, import, others.",
        "listed": "Records by configured value of a picklist.",
        "not_listed": "Records with a value that is not listed; null where values were not counted.",
        "shown": "The most frequent values of records, where they were asked for.",
        "masked": "Why no value is shown though values were asked for.",
    },
    "Share": {
        "record_type": "The record type.",
        "records": "Its records.",
        "filled": "Those with a value.",
    },
    "Held": {"value": "The value.", "records": "How many records hold it."},
    "Past": {
        "time": "When the earlier audit counted.",
        "filled": "Share of records with a value, 0 to 1.",
        "recent": "Share of recent records with a value, 0 to 1.",
    },
    "AutomationFigures": {
        "address": "The address of the automation or routing rule.",
        "label": "What people call it.",
        "base": "Which records were looked at, in words.",
        "in_scope": "Records it should look at.",
        "fires": "Records it acts on.",
        "skipped": "Records it passes by or sends astray.",
        "reasons": "Why it passes them by.",
        "not_known": "What could not be counted.",
    },
    "AuditFinding": {
        "code": "The code that crmgov explain takes.",
        "summary": "What the code stands for.",
        "severity": "How serious it is.",
        "standing": "Whether it is new, known before, or waived.",
        "address": "The resource or element it is about.",
        "message": "What is wrong.",
        "why": "Why it matters.",
        "mend": "How to mend it.",
        "evidence": "Evidence, in words.",
        "policy": "The address of the policy that was not kept, where it is about one.",
        "file": "The file it stands in, relative to the repository's root.",
        "line": "The line, counted from 1; 0 where it is not known.",
        "reason": "Of a waived one: who accepts it, until when and why.",
    },
    "KnownFindings": {
        "format": "The format of this file.",
        "source": "What the findings are of: config, an environment, or a path below the repository's root.",
        "findings": "The findings in the order of code, address and message; the last entry is null.",
    },
    "KnownFinding": {
        "code": "The code that crmgov explain takes.",
        "address": "The resource or element it is about, or the file where it is about none.",
        "message": "What is wrong, without numbers and places.",
        "severity": "How serious it was.",
        "count": "How many there are of it.",
        "amount": "How much there was of what a budget limits, where it is about that.",
    },
    "Gap": {
        "status": "Whether it was read in part or not at all.",
        "reason": "Why.",
        "kind": "The kind; null for all.",
        "parent": "The object; null for all.",
        "attribute": "The attribute; null for all.",
    },
}

WORDS = {
    (cls, name): Words(spaced(name), description) for cls, told in _TOLD.items() for name, description in told.items()
}
"""Title and description of each attribute, by class and name."""


def _format(cls: type, constant: str, dialect: str) -> Json:
    nodes = Nodes(WORDS)
    node = inspect.type_info(cls)
    assert isinstance(node, inspect.StructType)
    schema = nodes.struct(node, of_class(cls))
    schema["properties"]["format"]["const"] = constant
    return {"$schema": dialect, **schema, **({"$defs": nodes.defs} if nodes.defs else {})}


def formats(dialect: str) -> dict[str, Json]:
    """The schemas of crmgov's own files, by file name."""
    return {
        "plan.json": _format(plans.Plan, plans.FORMAT, dialect),
        "audit.json": _format(audits.AuditDocument, audits.FORMAT, dialect),
        "known.json": _format(known.KnownFindings, known.FORMAT, dialect),
        "snapshot.json": _format(recording.Recording, recording.FORMAT, dialect),
    }
