"""The codes of what can go wrong while files are written."""

from crmgov.model.diagnostics import CodeInfo, declare

_NOTHING = "Nothing was written."

declare(
    CodeInfo(
        code="WRITE001", summary="A path leads out of the repository, or through a link",
        why="Files are only ever written below the repository's root, never through links. " + _NOTHING,
        mend="Put a real folder or file in place of the link.",
    ),
    CodeInfo(
        code="WRITE002", summary="A file could not be written",
        why="Files written before it in the same run were put back as they were.",
        mend="Make room or set the permissions right, then run the command again.",
    ),
    CodeInfo(
        code="WRITE003", summary="A value that YAML cannot hold",
        why="The resource was left out; writing something near it would be wrong.",
        mend="Change the value at the vendor, or name the resource with --except.",
    ),
    CodeInfo(
        code="SECRET001", summary="A text that looks like a credential",
        why="What is written here ends up in git, where it cannot be taken back. " + _NOTHING,
        mend="Take the credential out at the vendor and replace it there; it must be taken for known.",
    ),
    CodeInfo(
        code="WRITE004", summary="A document that could not be changed in place", severity="warning",
        why="The change could not be made without touching what stands around it, so that part was laid out anew.",
        mend="Look at the difference before you commit; comments in that part may be gone.",
    ),
    CodeInfo(
        code="WRITE005", summary="A fix that no longer fits", severity="warning",
        why="The file changed while it was judged, another fix changed the same place, or what stands around it is in the way.",
        mend="Run crmgov validate --fix again; what is still left is mended by hand.",
    ),
    CodeInfo(
        code="WRITE006", summary="A file that cannot be laid out because it cannot be read",
        why="It is left as it is.", mend="Mend what crmgov validate tells of it.",
    ),
    CodeInfo(
        code="WRITE007", summary="A file that cannot be laid out without losing something",
        why="A comment or value stands in a place that the layout does not have, so the file is left as it is.",
        mend="Move comments out of keys, anchors and brackets, to lines of their own.",
    ),
)  # fmt: skip
