"""The problems an audit finds in records and in where they are kept."""

import crmgov.audit.codes_decided
import crmgov.audit.records_codes  # noqa: F401 - declares those of records
from crmgov.model.diagnostics import CodeInfo, declare

declare(CodeInfo(
    code="UNUSED001", severity="note",
    summary="A field is filled on few records",
    why="Everybody who opens a record looks past it, and reports on it mislead.",
    mend="Take it off the layouts of those who do not need it: crmgov audit ENVIRONMENT --fix does so in the YAML, and marks it hidden.",
))  # fmt: skip
declare(CodeInfo(
    code="UNUSED002", severity="warning",
    summary="A field is as good as empty, and nothing depends on it",
    why="Each field costs attention, mapping and testing. Nobody seems to use this one.",
    mend="Deprecate it (lifecycle: {status: deprecated}), which crmgov audit ENVIRONMENT --fix does, or waive the finding with a reason.",
))  # fmt: skip
declare(CodeInfo(
    code="UNUSED003", severity="warning",
    summary="A field holds nothing and nothing names it",
    why="It can be removed without anybody noticing, and until then it costs attention.",
    mend="Deprecate it, which crmgov audit ENVIRONMENT --fix does; remove its document after remove_after. Values are exported first.",
))  # fmt: skip
declare(CodeInfo(
    code="VALUES001", severity="warning",
    summary="Records hold values that a picklist does not list",
    why="Reports, routing and automations compare with the listed values and pass these records by.",
    mend="Map them to listed values in the records, or list them: as a value, or as an alias of the one they mean.",
))  # fmt: skip
declare(CodeInfo(
    code="RECORDS010", severity="warning",
    summary="Records are counted by an engine that was never compared with the others",
    why="Its figures may differ where it spells, trims or compares differently.",
    mend="Compare a few figures by hand, or count an export of the same records with DuckDB, PostgreSQL or Spark.",
))  # fmt: skip
declare(CodeInfo(
    code="RECORDS012", severity="note",
    summary="The records of some objects are not in the source",
    why="Nothing is known of their fields, so the audit says nothing of them.",
    mend="Export them too; or name where they are in the environment: records: {Lead: path/of/the/file.csv}.",
))  # fmt: skip
declare(CodeInfo(
    code="RECORDS013", severity="error",
    summary="The source holds no records of any object",
    why="Nothing was counted, so that nothing was found says nothing.",
    mend="Look whether the path or database is the right one, and whether files and tables are named as the objects are.",
))  # fmt: skip
declare(CodeInfo(
    code="RECORDS014", severity="error",
    summary="Records could not be counted",
    why="The database was asked and did not answer, so that what was not found in these records says nothing.",
    mend="Look whether the database is up and its user may read the table, then audit again.",
))  # fmt: skip
declare(CodeInfo(
    code="RECORDS015", severity="warning",
    summary="Records could not be copied to be counted",
    why="What the CRM cannot count by itself is unknown: patterns, lengths, records that are alike.",
    mend="Look at the reason given; with --calls N more calls are allowed. An export named with --records tells the same.",
))  # fmt: skip
declare(CodeInfo(
    code="RECORDS011", severity="warning",
    summary="Two tables fit one object",
    why="Only one of them is counted, and it may not be the one that people work with.",
    mend="Name a database or schema that holds one of them, or rename the other.",
))  # fmt: skip
declare(CodeInfo(
    code="DATED001", severity="warning",
    summary="Records were made or written in the future",
    why="An import, a clock or the order of day and month went wrong. They count among no recent records, whatever they say.",
    mend="Look at what made them, and set the dates right at the source; where a vendor sets them, ask how they came in.",
))  # fmt: skip
