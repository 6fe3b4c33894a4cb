"""Every problem met while a project's files are written."""

from crmgov.model.diagnostics import CodeInfo, declare

CHANGED = "SFWRITE001"
UNSAFE = "SFWRITE002"
COLLISION = "SFWRITE003"
UNREADABLE = "SFWRITE004"
STAGE_LOST = "SFWRITE005"
CANNOT_WRITE = "SFWRITE006"
UNSUPPORTED = "SFWRITE007"
MISSING = "SFWRITE008"

declare(
    CodeInfo(
        code=CHANGED,
        summary="A project file changed while the plan was being applied.",
        why="Somebody else wrote the file after it was read; writing now would destroy their change.",
        mend="Look at the file, finish or undo what was already written of the batch, then make a new plan.",
    ),
    CodeInfo(
        code=UNSAFE,
        summary="A file would be written outside the project, or through a symbolic link.",
        why="Only regular files inside the project are written, so that a crafted name or link reaches nothing else.",
        mend="Replace the link by the folder or file it points at, or rename the resource.",
    ),
    CodeInfo(
        code=COLLISION,
        summary="Two files would differ only in upper and lower case.",
        why="Salesforce, Windows and macOS take such names for one, so one of the two files would vanish there.",
        mend="Use the spelling that the project already has.",
    ),
    CodeInfo(
        code=UNREADABLE,
        summary="A project file cannot be edited.",
        why="The file is not XML that can be edited byte by byte without changing the rest of it.",
        mend="Mend the file, or save it as UTF-8 without a document type, then plan again.",
    ),
    CodeInfo(
        code=STAGE_LOST,
        summary="The prepared files of an unfinished apply are gone.",
        why="Contents are prepared in the project's .crmgov/stage before anything takes effect; they are not there.",
        mend="Compare the project with version control, restore it to one state, and make a new plan.",
    ),
    CodeInfo(
        code=CANNOT_WRITE,
        summary="The operating system refused to write the project.",
        why="The disk is full, read-only, or permissions are missing. Nothing that was already in place was lost.",
        mend="Remove the cause, then run apply --resume.",
    ),
    CodeInfo(
        code=UNSUPPORTED,
        summary="This change cannot be written to Salesforce files.",
        why="The metadata format has no place for it, or the place depends on something that the model does not hold.",
        mend="Make the change in the vendor's own file, then pull it.",
    ),
    CodeInfo(
        code=MISSING,
        summary="The file of a resource is not where it was read.",
        why="The plan changes or removes a resource whose file or element is gone.",
        mend="Make a new plan.",
    ),
)
