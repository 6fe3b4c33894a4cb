"""What an object says of itself."""

from __future__ import annotations

from .fields import COMPOUND, NUMBERS, Field
from .objects import SObject
from .org import Org
from .people import User

Json = dict[str, object]

SOAP = {"id": "tns:ID", "reference": "tns:ID", "boolean": "xsd:boolean", "int": "xsd:int", "double": "xsd:double",
        "currency": "xsd:double", "percent": "xsd:double", "date": "xsd:date", "datetime": "xsd:dateTime", "time": "xsd:time",
        "base64": "xsd:base64Binary", "address": "urn:address", "location": "urn:location"}  # fmt: skip


def entries(one: Field) -> list[Json]:
    """A picklist's values, those out of use last."""
    return [
        {"active": value not in one.inactive, "defaultValue": False, "label": value, "validFor": None, "value": value}
        for value in (*one.values, *one.inactive)
    ]


def field_of(one: Field) -> Json:
    """One field. Attributes nobody gave are those of a field that was made with nothing special."""
    can = one.allowed
    whole = one.type == "int"
    writable = not (one.system or one.calculated or one.auto_number or one.type in COMPOUND)
    return {
        "aggregatable": can.aggregate,
        "aiPredictionField": False,
        "autoNumber": one.auto_number,
        "byteLength": one.length if one.type in ("id", "reference") else one.length * 3,
        "calculated": one.calculated,
        "calculatedFormula": one.formula or None,
        "cascadeDelete": False,
        "caseSensitive": False,
        "compoundFieldName": one.compound or None,
        "controllerName": None,
        "createable": writable,
        "custom": one.custom,
        "defaultValue": False if one.type == "boolean" else None,
        "defaultValueFormula": None,
        "defaultedOnCreate": one.system or one.type == "boolean" or one.name == "OwnerId",
        "dependentPicklist": False,
        "deprecatedAndHidden": False,
        "digits": (one.precision or 8) if whole else 0,
        "displayLocationInDecimal": False,
        "encrypted": one.type == "encryptedstring",
        "externalId": one.external_id,
        "extraTypeInfo": "richtextarea" if one.html else "plaintextarea" if one.type == "textarea" else None,
        "filterable": can.filter,
        "filteredLookupInfo": None,
        "formulaTreatNullNumberAsZero": False,
        "groupable": can.group,
        "highScaleNumber": False,
        "htmlFormatted": one.html,
        "idLookup": one.type == "id" or one.external_id,
        "inlineHelpText": None,
        "label": one.label,
        "length": one.length,
        "mask": None,
        "maskType": None,
        "name": one.name,
        "nameField": one.name_field or one.name == "Name",
        "namePointing": one.type == "reference" and len(one.targets) > 1,
        "nillable": one.nillable,
        "permissionable": one.custom and not one.compound,
        "picklistValues": entries(one),
        "polymorphicForeignKey": one.type == "reference" and len(one.targets) > 1,
        "precision": one.precision if one.type in NUMBERS - {"int"} else 0,
        "queryByDistance": one.type in COMPOUND,
        "referenceTargetField": None,
        "referenceTo": list(one.targets),
        "relationshipName": one.relationship or None,
        "relationshipOrder": None,
        "restrictedDelete": False,
        "restrictedPicklist": one.restricted,
        "scale": one.scale,
        "searchPrefilterable": False,
        "soapType": SOAP.get(one.type, "xsd:string"),
        "sortable": can.sort,
        "type": one.type,
        "unique": one.unique,
        "updateable": writable,
        "writeRequiresMasterRead": False,
    }


def outline(one: SObject, version: str) -> Json:
    """What the list of all objects says of one."""
    base = f"/services/data/v{version}/sobjects/{one.name}"
    return {
        "activateable": False,
        "associateEntityType": None,
        "associateParentEntity": None,
        "createable": not one.setup,
        "custom": one.name.endswith("__c"),
        "customSetting": False,
        "deepCloneable": False,
        "deletable": not one.setup,
        "deprecatedAndHidden": False,
        "feedEnabled": False,
        "hasSubtypes": False,
        "isInterface": False,
        "isSubtype": False,
        "keyPrefix": one.prefix or None,
        "label": one.label,
        "labelPlural": one.label + "s",
        "layoutable": not one.setup,
        "mergeable": one.name in ("Lead", "Contact", "Account", "Case"),
        "mruEnabled": not one.setup,
        "name": one.name,
        "queryable": True,
        "replicateable": not one.setup,
        "retrieveable": True,
        "searchable": not one.setup,
        "triggerable": not one.setup,
        "undeletable": not one.setup,
        "updateable": not one.setup,
        "urls": {"sobject": base, "describe": f"{base}/describe", "rowTemplate": base + "/{ID}"},
    }


def described(org: Org, user: User, one: SObject, version: str) -> Json:
    """All of an object, as far as it is there for a user."""
    fields = [field_of(field) for field in one.fields.values() if not user.hides(one.name, field.name)]
    return {**outline(one, version), "actionOverrides": [], "childRelationships": children(org, one), "compactLayoutable": not one.setup,
            "fields": fields, "namedLayoutInfos": [], "networkScopeFieldName": None, "recordTypeInfos": record_types(org, one),
            "searchLayoutable": not one.setup, "supportedScopes": [], "urlDetail": None, "urlEdit": None, "urlNew": None}  # fmt: skip


def record_types(org: Org, one: SObject) -> list[Json]:
    """The record types of an object, those of the object RecordType and the one everybody has."""
    kinds = org.find("RecordType")
    if kinds is None or kinds.find("SobjectType") is None:
        return []
    own = [kind for kind in kinds.records if kind["SobjectType"] == one.name]
    infos = [
        {"active": bool(kind.get("IsActive", True)), "available": True, "defaultRecordTypeMapping": False, "developerName": kind["DeveloperName"],
         "master": False, "name": kind["Name"], "recordTypeId": kind["Id"], "urls": {}}
        for kind in own
    ]  # fmt: skip
    master = {"active": True, "available": True, "defaultRecordTypeMapping": True, "developerName": "Master", "master": True,
              "name": "Master", "recordTypeId": "012000000000000AAA", "urls": {}}  # fmt: skip
    return [*infos, master]


def children(org: Org, one: SObject) -> list[Json]:
    """The lookups that lead to an object."""
    return [
        {"cascadeDelete": False, "childSObject": other.name, "deprecatedAndHidden": False, "field": field.name,
         "junctionIdListNames": [], "junctionReferenceTo": [], "relationshipName": None, "restrictedDelete": False}
        for other in org.everything()
        for field in other.fields.values()
        if one.name in field.targets
    ]  # fmt: skip
