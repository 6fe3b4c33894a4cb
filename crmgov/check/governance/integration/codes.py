"""The codes of shared data: two truths, loops, misfits, identities, owners."""

from crmgov.model.diagnostics import CodeInfo, declare


def _code(number: int, summary: str, why: str, mend: str, **more: str) -> CodeInfo:
    severity = more.get("severity", "warning")
    assert severity in ("error", "warning", "note")
    return CodeInfo(code=f"SHARED{number:03}", summary=summary, why=why, mend=mend, severity=severity)  # type: ignore[arg-type]


declare(
    _code(
        1,
        "Several systems write one field, and it is not said which is right",
        "Each overwrites what the other wrote, so the value is that of whichever ran last.",
        "Name one source of truth: truth: system in one map, truth: crm or on_conflict: keep in the others.",
    ),
    _code(
        2,
        "A field flows both ways without a rule for conflicts",
        "When both sides changed, one change is lost, and nobody decided which.",
        "State truth: crm or truth: system, and on_conflict: truth, newest, keep or ask.",
    ),
    _code(
        3,
        "Values flow away from the side that is right, and never towards it",
        "The right value never arrives, and the wrong one replaces it.",
        "Turn the direction round, make it both, or name the other side as truth.",
    ),
    _code(
        4,
        "A value comes back from where it was sent",
        "Each round writes the record again: history fills, automations start, and an old value can replace a new one.",
        "Let one map lead only one way, or give its maps the same truth.",
    ),
    _code(
        5,
        "Two fields of one record are sent to the same field",
        "The later one overwrites the earlier, so what the other system shows depends on the order of sending.",
        "Send one of them, or give each a field of its own there.",
    ),
    _code(
        6,
        "Two fields that are one field in another system do not hold the same values",
        "What is set on one side is refused, or stored as something nobody can choose, on the other.",
        "Use one shared picklist or one type for both, or add the missing spellings to values.",
    ),
    _code(
        7,
        "One spelling of another system stands for several of our values",
        "A value that went out comes back as another one.",
        "Give each value a spelling of its own, or let the field flow out only.",
    ),
    _code(
        8,
        "A value has no spelling where all others have one",
        "It is sent as it is written here, which the other system most likely does not know.",
        "Add its spelling to values, even where it is the same word there.",
    ),
    _code(
        9,
        "Another system writes a field that the CRM computes",
        "A computed field cannot be written: every such write is refused.",
        "Let the field flow out only, or bring the value into a field of its own.",
        severity="error",
    ),
    _code(
        10,
        "An integration may not read or change what it shares",
        "The value is left out or refused without anybody being told.",
        "Grant it to the permission set the integration runs as, or take it out of the map.",
    ),
    _code(
        11,
        "An integration creates records without a required field",
        "The CRM refuses every record it tries to create.",
        "Map the field, give it a default, or take the right to create away.",
    ),
    _code(
        12,
        "An integration may do more than it needs",
        "Whoever gets hold of its key can do everything it may do, unseen and at any hour.",
        "Take the right away, or add to the map what it is needed for.",
    ),
    _code(
        13,
        "An integration names no owner, no error path or no identity",
        "When it stops, nobody is told, and nobody knows whose it is or what it may touch.",
        "Add owner, on_error (who is told, and what then) and runs_as (a permission set of its own).",
    ),
    _code(
        14,
        "An integration cannot keep its data as fresh as promised",
        "People decide on figures that are older than they believe.",
        "State how often it runs, run it more often, or allow a longer lag in max_lag_hours.",
    ),
    _code(
        15,
        "There is more shared data than the budget allows",
        "Each system and each shared field is one more place where a change can break something.",
        "Take out what is no longer used, or raise the budget in the Governance document.",
    ),
    _code(
        16,
        "Something still reads a field whose integration no longer runs",
        "The value is as old as the last run, and decisions go on resting on it.",
        "Let something else fill the field, or take it out of what reads it.",
    ),
    _code(
        17,
        "Data is carried over by hand",
        "A copy outside the CRM is a second truth, and it is out of date between two copies.",
        "Nothing needs to be done. Listed so that it is known where data lives.",
        severity="note",
    ),
    _code(
        18,
        "A path of our own making is not described",
        "What no vendor maintains breaks at upgrades, and only its description tells the next person how it works.",
        "Say in description what it moves and how it is built, or use the vendor's connector (mode: native).",
    ),
    _code(
        19,
        "What a system brings in nobody can see or use",
        "The data is paid for, moved and stored, and helps nobody.",
        "Grant the field to those who need it, or take it out of the map.",
    ),
    _code(
        20,
        "People change a field that another system overwrites",
        "What they write is gone after the next run, here and there, and nobody is told.",
        "Let the field flow both ways, or show it read-only on the layout (behavior: readonly).",
    ),
)
