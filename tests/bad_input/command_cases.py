"""Command lines that make no sense, each with the repository it is typed in."""

import os
from pathlib import Path

LONG = "x" * 5_000
OBJECT = "kind: Object\nname: Lead\nlabel: Lead\nfields:\n  Region: {type: text, length: 20, description: Where the lead is.}\n"
ENVIRONMENT = """kind: Environment
name: sandbox
provider: sql
connection: {url: "sqlite:///.crmgov/sandbox.db"}
expects: {instance: sandbox-1, kind: sandbox}
ledger: sqlite:///.crmgov/ledger.db
"""


def repository(root: Path) -> None:
    """A small repository whose one environment was never made ready."""
    for name, text in (("config/lead.yaml", OBJECT), ("environments/sandbox.yaml", ENVIRONMENT)):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (root / "empty.txt").write_text("")
    os.mkfifo(root / "pipe.plan")


COMMANDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "address_ends_after_the_kind": (("show", "Field/"), ("show", "Field/Lead.")),
    "address_with_open_quote": (("show", 'Field/"Lead'), ("show", 'Field/Lead."x\\'), ("show", '"' * 300)),
    "address_of_a_megabyte": (("show", "x" * 1_000_000), ("show", 'Field/"' + "\\" * 1_000_000)),
    "address_with_control_characters": (("show", "a\nb\x1b[31m\u202e"),),
    "address_not_utf8": (("show", "caf\udce9"),),
    "address_of_an_element_that_is_none": (("show", "Field/Lead.Region#x["), ("show", "#"), ("show", "//")),
    "address_empty": (("show", ""),),
    "only_an_address_that_is_none": (
        ("diff", "sandbox", "--only", "Field/"), ("pull", "sandbox", "--only", "]["), ("drift", "sandbox", "--except", ""),
    ),
    "allow_no_hazard": (("apply", "empty.txt", "--allow", "everything"), ("apply", "empty.txt", "--allow", "")),
    "apply_what_is_no_plan": (
        ("apply", "empty.txt"), ("apply", "config"), ("apply", "config/lead.yaml"), ("apply", "nowhere.plan"), ("apply", ""),
    ),
    "apply_a_pipe": (("apply", "pipe.plan"), ("show", "pipe.plan"), ("diff", "sandbox", "pipe.plan")),
    "apply_a_device": (("apply", "/dev/zero"), ("show", "/dev/zero"), ("plan", "sandbox", "--snapshot", "/dev/zero")),
    "apply_choosing_from_a_saved_plan": (("apply", "empty.txt", "--only", "Lead"),),
    "resume_what_was_never_begun": (("apply", "sandbox", "--resume"), ("apply", "empty.txt", "--resume")),
    "take_lock_without_resume": (("apply", "sandbox", "--take-lock", "../../x"),),
    "environment_that_leads_out": (("plan", "../sandbox"), ("history", "../../etc"), ("env", "init", "a/../sandbox")),
    "environment_with_nonsense_in_it": (("plan", "sandbox\n"), ("plan", "\x1b[2J"), ("plan", ""), ("drift", LONG)),
    "environment_in_another_case": (("history", "SANDBOX"), ("plan", "Sandbox")),
    "directory_is_a_file": (("-C", "config/lead.yaml", "validate"),),
    "directory_is_nowhere": (("-C", "nowhere", "validate"), ("-C", LONG, "validate"), ("-C", "a\0b", "env")),
    "path_with_nul": (
        ("show", "a\0b"), ("validate", "--source", "a\0b"), ("fmt", "a\0b"), ("apply", "a\0b"), ("init", "a\0b"),
        ("plan", "sandbox", "--snapshot", "a\0b"), ("pull", "a\0b"),
    ),
    "path_too_long": (
        ("show", LONG), ("validate", "--source", LONG), ("fmt", LONG), ("apply", LONG), ("init", LONG), ("diff", LONG, LONG),
        ("plan", "sandbox", "--snapshot", LONG), ("pull", LONG), ("init", "--demo", LONG),
    ),
    "output_to_a_folder": (
        ("schema", "Field", "--output", "config"), ("validate", "--output", "."), ("env", "--output", ""),
        ("env", "--output", LONG), ("env", "--output", "config/lead.yaml/x"),
    ),
    "output_with_nul": (("env", "--output", "a\0b"), ("schema", "--out", "a\0b"), ("schema", "--out", "config/lead.yaml")),
    "source_is_no_project": (
        ("validate", "--source", "config"), ("validate", "--source", "config/lead.yaml"), ("validate", "--source", "/dev/null"),
        ("pull", "nowhere"), ("pull", "config"),
    ),
    "explain_nothing_known": (("explain", "FIELD999"), ("explain", ""), ("explain", LONG), ("explain", "\x1b[31m")),
    "fmt_what_is_not_there": (("fmt", "nowhere.yaml"), ("fmt", "--check", "config", "nowhere")),
    "init_where_a_file_is": (("init", "config/lead.yaml"), ("init", "config/lead.yaml/x"), ("init", "--demo", "config")),
    "schema_of_no_kind": (("schema", "Nonsense"), ("schema", LONG)),
    "no_such_command": (("nonsense",), ("--nonsense",), ("validate", "--format", "tea"), ("history",), ("env", "init")),
    "snapshot_is_no_recording": (
        ("plan", "sandbox", "--snapshot", "nowhere"), ("plan", "sandbox", "--snapshot", "config"),
        ("plan", "sandbox", "--snapshot", "empty.txt"),
    ),
    "settle_nothing": (("plan", "sandbox", "--take", "both", "Lead"), ("plan", "sandbox", "--take", "yaml")),
}  # fmt: skip
