"""The codes of problems met while reading a repository: files, text, YAML, documents, body files, overlays."""

from crmgov.model.diagnostics import CodeInfo, declare


def _code(code: str, summary: str, why: str, mend: str, example: str = "") -> CodeInfo:
    return CodeInfo(code=code, summary=summary, why=why, mend=mend, example=example)


_NOT_LOADED = "What it holds is not loaded, so nothing is removed anywhere until it can be read."

declare(
    _code("FILE001", "A file or folder cannot be read", _NOT_LOADED, "Make it readable for the user who runs crmgov."),
    _code(
        "FILE002", "A file is not a regular file",
        "Links, pipes and devices are never followed, so that nothing outside the repository is read.",
        "Put the file itself there.",
    ),
    _code(
        "FILE003", "A file is too large", _NOT_LOADED,
        "Split it: several files may hold the resources of one object. The limit is 10 MB a file and 1 GB in all.",
    ),
    _code("FILE004", "A file's name is not UTF-8", _NOT_LOADED, "Rename the file."),
    CodeInfo(
        code="FILE005", summary="A file's ending is not spelt .yaml or .yml", severity="warning",
        why="Only names that end in .yaml or .yml, in small letters, are loaded.", mend="Rename the file.",
    ),
    _code(
        "FILE006", "There is no configuration here",
        "Neither config/ nor environments/ exists, so nothing can be said about what is wanted.",
        "Run it in the repository's root or name the root with -C, or begin with: crmgov init",
    ),
    _code(
        "TEXT001", "A file is not UTF-8", _NOT_LOADED,
        "Save it as UTF-8, in the editor or with: iconv -f OLD -t UTF-8 FILE > NEW",
    ),
    _code("TEXT002", "A file holds a character that text cannot hold", _NOT_LOADED, "Remove the character."),
    _code("TEXT003", "A file is not text", _NOT_LOADED, "Remove it, or give it another ending than .yaml."),
)  # fmt: skip

declare(
    _code("YAML001", "YAML that cannot be read", _NOT_LOADED, "Mend the line shown, or the one above it."),
    _code("YAML002", "A tab in the indentation", _NOT_LOADED, "Use spaces; most editors can convert tabs."),
    _code(
        "YAML003", "Typographic quotation marks",
        "They would become part of the value.", 'Write straight quotation marks: "...".',
    ),
    _code(
        "YAML004", "A character that cannot be seen",
        "It looks like a space or like nothing, but it is part of the name or value.", "Delete it, or type a space.",
    ),
    _code(
        "YAML005", "A key is written twice",
        "One of the two values would be lost; the first is taken for the checks that follow.", "Remove one of them.",
    ),
    _code(
        "YAML006", "Anchors that grow too large",
        "Aliases that repeat aliases can fill any memory.", "Write the values out, or use fewer aliases.",
    ),
    _code("YAML007", "Nested too deeply", _NOT_LOADED, "Nothing in the model is deeper than 64 levels."),
    _code(
        "YAML008", "A number in a spelling that is not one",
        "Programs disagree on what it is, and some would change it.", "Quote it if it is text, or write the number.",
        example="version: 1.10      # is it 1.1? Write \"1.10\" or 1.1",
    ),
    _code("YAML009", "A tag", "Tags change what a value means and are not needed.", "Remove the tag."),
    _code("YAML010", "A merge key", "<< hides where a value comes from.", "Write the keys out."),
    _code("YAML011", "A key that is not text", "Keys are names.", "Quote it, or write a name."),
    _code(
        "YAML012", "A directive", "Only YAML 1.2 without tags is read.",
        "Remove the line that begins with %.",
    ),
    _code("YAML013", "An alias without its anchor", _NOT_LOADED, "Write the value out, or mend the name after *."),
    _code("YAML014", "Too many problems in one file", _NOT_LOADED, "Mend the ones listed, then look again."),
)  # fmt: skip

declare(
    _code(
        "DOC001", "A document is not a resource", _NOT_LOADED,
        "Begin it with kind: and name:.", example="kind: Field\nname: Region\nobject: Lead\ntype: text",
    ),
    _code("DOC002", "A document without a kind", _NOT_LOADED, "Add the line kind: with what it is."),
    _code("DOC003", "An unknown kind", _NOT_LOADED, "Write one of the kinds: crmgov schema lists them."),
    _code("DOC004", "A document without a usable name", _NOT_LOADED, "Add the line name: with a short text."),
    _code(
        "DOC005", "The object is missing or out of place",
        "A thing that belongs to an object can only be found by it.", "Name the object with object:, or remove it.",
    ),
    _code(
        "DOC006", "Another version of the format", _NOT_LOADED,
        "Write apiVersion: crmgov/v1, leave it out, or install the version of crmgov that knows it.",
    ),
    _code(
        "DOC007", "Inline resources that are not a map by name",
        "Fields, validations and record types inside an object are keyed by their names.",
        "Write them as a map: the name, a colon, and below it the attributes.",
        example="fields:\n  Region:\n    type: text",
    ),
    _code(
        "DOC008", "One resource is described twice",
        "Only one description can be right; the first is taken for the checks that follow.", "Remove one of them.",
    ),
    _code(
        "DOC009", "Two names differ only in capitals or accents' encoding",
        "Most CRMs, and some file systems, take them for one.", "Rename one of them.",
    ),
    CodeInfo(
        code="DOC010", summary="A file without a document", severity="note",
        why="It is empty or holds comments only.", mend="Remove it, or write the resource.",
    ),
    _code(
        "DOC011", "A resource that cannot be used", _NOT_LOADED,
        "Mend the other problems told about it.",
    ),
    _code(
        "BODY001", "A body file outside the repository",
        "Files outside the repository are never read.", "Put the file beside the YAML and name it from there.",
    ),
    _code("BODY002", "A body file cannot be read", "The automation cannot be promoted without it.", "Add the file."),
    _code(
        "BODY003", "A body file is not the one recorded",
        "It changed since the digest was written, so what was reviewed is not what would be applied.",
        "If the change is meant, record its digest: crmgov validate --fix",
    ),
    _code("BODY004", "A body file is too large", "The limit is 10 MB.", "Make it smaller."),
    _code(
        "OVERLAY001", "An overlay's address matches nothing",
        "What it wants to change does not exist, so it would have no effect.", "Mend the address, or remove it.",
    ),
    _code(
        "OVERLAY002", "An overlay changes what may not differ between environments",
        "Kind, name, object and type are the same everywhere; otherwise nothing could be promoted.",
        "Describe it as a resource of its own, or remove the line.",
    ),
    _code(
        "OVERLAY003", "An overlay names an attribute that is not there",
        "It would have no effect.", "Mend the name, or remove the line.",
    ),
    _code("OVERLAY004", "An overlay that does nothing", "It says neither set nor unset nor exclude.", "Remove it."),
    _code(
        "OVERLAY005", "An overlay for what another overlay excludes",
        "What does not exist in the environment cannot be changed there.", "Remove one of them.",
    ),
    _code(
        "OVERLAY006", "No environment of that name",
        "Overlays belong to an Environment document.", "Add environments/NAME.yaml, or mend the name.",
    ),
)  # fmt: skip

declare(
    CodeInfo(
        code="REVISION001", summary="Git cannot be asked",
        why="Revisions are compared from git's own objects, so git and a repository are needed.",
        mend="Install git, and name a folder of the repository with -C.",
    ),
    CodeInfo(
        code="REVISION002", summary="No such revision",
        why="The name is that of no branch, tag or commit that this clone holds.",
        mend="Name a branch, tag or commit that git log knows; git fetch brings those of the remote.",
        example="crmgov diff --base origin/main",
    ),
    CodeInfo(
        code="REVISION003", summary="A path that the revisions do not hold",
        why="Only what lies in the repository has revisions to compare.",
        mend="Name the Salesforce project's folder in this repository, for example: --source .",
    ),
    CodeInfo(
        code="REVISION004", summary="A link or submodule among the files compared",
        why="Neither is followed, so nothing is said about what it leads to.",
        mend="Put the files themselves into the repository.",
    ),
    CodeInfo(
        code="REVISION005", severity="warning", summary="Differences that cannot be told",
        why="A file that could not be read in one of the revisions may hold what seems to have come or gone.",
        mend="Mend the files named, then compare again.",
    ),
)  # fmt: skip
