"""The problems of records in files: what could not be read, and what was read otherwise than it stands there."""

from crmgov.model.diagnostics import CodeInfo, declare

declare(CodeInfo(
    code="RECORDS001", severity="warning",
    summary="A file of records fits no object",
    why="What it holds is not counted, so a field may look emptier than it is.",
    mend="Name the file as its object, or name it in the environment: records: {Lead: path/of/the/file.csv}.",
))  # fmt: skip
declare(CodeInfo(
    code="FILES002", severity="error",
    summary="Records cannot be read",
    why="Nothing of this object is measured: half of its records would give wrong figures for all of it.",
    mend="Export the object again as CSV, Parquet or JSON, and look at the beginning of the file.",
))  # fmt: skip
declare(CodeInfo(
    code="FILES003", severity="warning",
    summary="Rows of a file have more values than columns",
    why="A comma or quote that is not escaped shifts values into wrong columns. These rows are left out.",
    mend="Mend the rows at these lines, or export again with every value in quotes.",
))  # fmt: skip
declare(CodeInfo(
    code="FILES004", severity="note",
    summary="Rows of a file have fewer values than columns",
    why="They are read with the missing ones blank. A value lost further left shifts the others into wrong columns.",
    mend="Look at the rows at these lines; an export writes every column of every row.",
))  # fmt: skip
declare(CodeInfo(
    code="FILES005", severity="error",
    summary="The rows of a file do not add up",
    why="Rows read, rejected and repaired differ from an independent count of those in the file. No figure is exact.",
    mend="Look for quotes that do not close; export the object again with every value in quotes.",
))  # fmt: skip
declare(CodeInfo(
    code="FILES006", severity="note",
    summary="A file is not plain UTF-8",
    why="It is read in the encoding that fits its bytes. Another one would spell letters with accents otherwise.",
    mend="Export it as UTF-8 to be sure.",
))  # fmt: skip
declare(CodeInfo(
    code="FILES007", severity="warning",
    summary="A file holds bytes that are not text",
    why="Characters were lost before the file was written. Values with them are counted as filled, and spelt wrongly.",
    mend="Export it again as UTF-8.",
))  # fmt: skip
declare(CodeInfo(
    code="FILES008", severity="warning",
    summary="Several columns could be one field, or one column several fields",
    why="Taking either could count the wrong values, so neither is taken and the field is not measured.",
    mend="Name the column by the field's API name, and leave the other out of the export.",
))  # fmt: skip
declare(CodeInfo(
    code="FILES009", severity="note",
    summary="Columns of the records are no field of the object",
    why="They are not looked at. A field renamed in the CRM may hide among them.",
    mend="Nothing, where they are the CRM's own; otherwise pull the fields, or name the columns by API name.",
))  # fmt: skip
declare(CodeInfo(
    code="FILES010", severity="note",
    summary="Fields have no column in the records",
    why="Nothing is known of them, and their verdict is unknown.",
    mend="Export all fields of the object, or keep them where its records are kept.",
))  # fmt: skip
declare(CodeInfo(
    code="FILES011", severity="warning",
    summary="Values do not read as their field's type",
    why="They count as filled, but not in what is asked of numbers and dates. A comma for a point, or the day before "
        "the month, makes a number or date that cannot be told for certain.",
    mend="Export numbers with a point and dates as 2026-12-31.",
))  # fmt: skip
declare(CodeInfo(
    code="FILES012", severity="warning",
    summary="A file of an export is left out",
    why="It leads elsewhere, is locked, or is larger than an export can be.",
    mend="Put a plain file in its place.",
))  # fmt: skip
declare(CodeInfo(
    code="FILES014", severity="warning",
    summary="A file says that more records follow",
    why="It is one page of an answer, so that what is counted is a part of the records.",
    mend="Fetch the pages that follow and put them beside it, or export all records at once.",
))  # fmt: skip
declare(CodeInfo(
    code="FILES015", severity="warning",
    summary="The header of a file is repeated within it",
    why="Files were put together with their headers, which are no records. Records may stand in it twice as well.",
    mend="Export once more in one piece, or put only the rows below the header behind one another.",
))  # fmt: skip
declare(CodeInfo(
    code="FILES013", severity="error",
    summary="The same records stand in several files",
    why="The files are several exports of one object, not its parts. Counted together, records would count twice.",
    mend="Name the one that counts: --records PATH, or in the environment records: {Lead: path/of/the/file.csv}.",
))  # fmt: skip
