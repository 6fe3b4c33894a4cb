"""Problems with a SQL environment."""

from crmgov.model.diagnostics import CodeInfo, declare

declare(
    CodeInfo(
        code="SQL001",
        summary="The connection of an environment cannot be used",
        why="Without a database there is nothing to read or to apply to.",
        mend="Write connection.url as sqlite:///PATH (below the repository root) or postgresql://HOST/NAME.",
    ),
    CodeInfo(
        code="SQL002",
        summary="The database does not answer",
        why="Nothing was read or changed.",
        mend="Check that the server runs and that the URL, the user and the password are right, then try again.",
    ),
    CodeInfo(
        code="SQL003",
        summary="The database has no crmgov identity",
        why="Without an identity a copied or exchanged database could not be told from the right one.",
        mend="Run crmgov env init ENV once; it makes crmgov's own tables and writes a random identity.",
    ),
    CodeInfo(
        code="SQL004",
        summary="The database is in use by somebody else",
        why="A change was waited for and did not end in time. Nothing was changed by this attempt.",
        mend="Wait until the other session is done, then run the same command again.",
    ),
    CodeInfo(
        code="SQL005",
        summary="A name cannot be held by the database",
        why="Tables and columns need names that are theirs alone, and crmgov keeps some for itself.",
        mend="Choose another name, or write another one for this provider under native.sql.name.",
    ),
    CodeInfo(
        code="SQL006",
        summary="A vendor attribute is not known to this provider",
        why="Only native.sql.name is understood; anything else would be dropped silently.",
        mend="Remove the attribute below native.sql.",
    ),
    CodeInfo(
        code="SQL007",
        summary="A default does not fit the type of its field",
        why="The database could not store the default in the column.",
        mend="Write a default of the field's own type, within its length, precision and scale.",
    ),
    CodeInfo(
        code="SQL008",
        summary="A limit of the database is exceeded",
        why="The database would refuse the change.",
        mend="Make the configuration smaller at this place.",
    ),
    CodeInfo(
        code="SQL009",
        summary="Values could not be exported completely",
        why="Values about to be destroyed must be safe first; the number written differs from the number read.",
        mend="Check the export store, then run the same command again. Nothing was removed.",
    ),
    CodeInfo(
        code="SQL010",
        summary="The record of an earlier run contradicts this one",
        why="The database says that this batch was applied with other contents, so it is not the one planned.",
        mend="Make a new plan.",
    ),
    CodeInfo(
        code="SQL011",
        summary="The database has another identity already",
        why="An identity is written once. Writing a second kind over it would hide which database this is.",
        mend="Use the kind the database has, or initialise an empty database.",
    ),
    CodeInfo(
        code="SQL012",
        summary="A field has no type",
        why="A column cannot be made without one; an apply that has to make it fails, and changes nothing.",
        mend="Write the field's type.",
        severity="warning",
    ),
)  # fmt: skip
