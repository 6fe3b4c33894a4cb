"""The budgets a Governance document can set, by name, and what each limits."""

_RIGHTS = ("export", "import", "delete", "view_all", "modify_all")

BUDGETS: dict[str, str] = {
    "automations_per_object": "automations that run on one object",
    "automations_per_trigger_field": "automations that start on one field",
    "dashboards": "dashboards listed as External",
    "fields_per_dashboard": "fields one dashboard reads",
    "fields_per_layout": "fields a form asks for",
    "fields_per_object": "fields of one object",
    "hours_to_first_task": "hours until somebody is asked to see to a new record",
    "integrations": "integrations that run",
    "mapped_fields": "fields shared with other systems",
    "readers_of_confidential_field": "roles that read one confidential field",
    "readers_of_restricted_field": "roles that read one restricted field",
    "record_types_per_object": "active record types of one object",
    "reports": "reports listed as External",
    "required_fields_per_object": "required fields of one object",
    "shared_writers": "fields written by more than one integration",
    "stages_per_pipeline": "stages of one pipeline",
    "validations_per_object": "active validations of one object",
    **{f"{right}_roles": f"roles that may {right.replace('_', ' ')}" for right in _RIGHTS},
}
