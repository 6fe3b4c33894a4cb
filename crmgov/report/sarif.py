"""Findings as SARIF 2.1.0, for code-scanning services. Nothing is folded."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import crmgov
from crmgov.model.diagnostics import CATALOGUE, Diagnostic, Place, Where
from crmgov.report.findings import Findings, place_of

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_PLACEHOLDER = re.compile(r"\{(?=[0-9]+\})")


def render(findings: Findings) -> str:
    """One run; each code that occurs is a rule, each finding a result."""
    codes = sorted({item.code for item in findings.diagnostics})
    rules = [_rule(code) for code in codes]
    index = {code: number for number, code in enumerate(codes)}
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "crmgov", "version": crmgov.__version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": _results(findings.diagnostics, index),
    }
    beside = findings.beside
    if beside.compared or beside.waived or beside.off:
        # As results they would be alerts: services that read SARIF do not ask whether one is suppressed.
        counts = {"known": len(beside.known), "worse": beside.worse, "waived": len(beside.waived), "off": beside.off}
        run["properties"] = counts
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str) -> dict[str, Any]:
    info = CATALOGUE.get(code)
    if info is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": _text(info.summary)},
        "fullDescription": {"text": _text(f"{info.summary}. {info.why}")},
        "help": {"text": _text(f"{info.why} {info.mend}")},
        "defaultConfiguration": {"level": info.severity},
    }


def _results(items: Sequence[Diagnostic], index: dict[str, int]) -> list[dict[str, Any]]:
    seen: Counter[str] = Counter()
    results = []
    for item in items:
        print_of = hashlib.sha256(f"{item.code}\0{item.address}\0{item.message}".encode(errors="replace")).hexdigest()
        seen[print_of] += 1
        results.append(_result(item, index[item.code], f"{print_of[:32]}:{seen[print_of]}"))
    return results


def _result(item: Diagnostic, rule: int, fingerprint: str) -> dict[str, Any]:
    told = [item.message, *([f"({item.hint})"] if item.hint else []), *([f"- {item.detail}"] if item.detail else [])]
    result: dict[str, Any] = {
        "ruleId": item.code,
        "ruleIndex": rule,
        "level": item.severity,
        "message": {"text": _text(" ".join(told))},
        "partialFingerprints": {"crmgovFinding/v1": fingerprint},
    }
    location = _location(item.at, item.address)
    if location:
        result["locations"] = [location]
    related = [(one.label, _location(one.at, "")) for one in item.related]
    if related:
        result["relatedLocations"] = [{**place, "message": {"text": _text(label)}} for label, place in related]
    return result


def _location(at: Where | Place | None, address: str) -> dict[str, Any]:
    place = place_of(at)
    location: dict[str, Any] = {}
    if place is not None:
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.file)}}
        if place.line:
            physical["region"] = _region(place)
        location["physicalLocation"] = physical
    if address:
        location["logicalLocations"] = [{"fullyQualifiedName": address, "kind": "resource"}]
    return location


def _region(place: Place) -> dict[str, int]:
    region = {"startLine": place.line}
    if place.column:
        region["startColumn"] = place.column
    if place.end_line >= place.line and place.end_column:
        region |= {"endLine": place.end_line, "endColumn": place.end_column}
    return region


def _uri(file: str) -> str:
    """A path relative to the root as a URI reference; a colon in its first part would look like a scheme."""
    return quote(file.replace("\\", "/").encode(errors="replace"), safe="/-._~")


def _text(text: str) -> str:
    """A message in which nothing of the text is taken for a placeholder or a link."""
    kept = "".join(char if char.isprintable() else " " for char in text)
    kept = _PLACEHOLDER.sub("{{", kept)
    return kept.replace("](", "]\\(") or "-"
