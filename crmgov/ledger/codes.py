"""What can go wrong with a ledger."""

from crmgov.model.diagnostics import CodeInfo, declare

LOCK_HELD = "LEDGER001"
LOCK_LOST = "LEDGER002"
OTHER_IDENTITY = "LEDGER003"
BAD_ADDRESS = "LEDGER004"
UNREACHABLE = "LEDGER005"
OLDER = "LEDGER006"
DAMAGED = "LEDGER007"
UNKNOWN_FORMAT = "LEDGER008"

declare(
    CodeInfo(
        code=LOCK_HELD,
        summary="Another run holds this environment's lock",
        why="Two applies at once would undo each other's work, so exactly one proceeds.",
        mend="Wait until it ends; if its process is gone, finish its work with crmgov apply ENV --resume.",
    ),
    CodeInfo(
        code=LOCK_LOST,
        summary="The lock was taken over by another run",
        why="Somebody took the lock of this run, so this run may write nothing more.",
        mend="Look at crmgov history ENV; what this run had not finished is finished by the one that took over.",
    ),
    CodeInfo(
        code=OTHER_IDENTITY,
        summary="The ledger belongs to another instance",
        why="What was applied to one instance says nothing about another.",
        mend="Check the environment's connection; where the instance was replaced, name another ledger for it.",
    ),
    CodeInfo(
        code=BAD_ADDRESS,
        summary="The key ledger names no usable place",
        why="Without a ledger nothing is known of what was applied before, and nothing can be applied.",
        mend="Write ledger: repository, sqlite:///PATH inside the repository, or postgresql://HOST/NAME.",
    ),
    CodeInfo(
        code=UNREACHABLE,
        summary="The ledger could not be read or written",
        why="An apply that cannot be recorded could neither be resumed nor explained.",
        mend="Mend the cause named and try again; nothing was guessed in its place.",
    ),
    CodeInfo(
        code=OLDER,
        summary="The ledger is older than one seen before, or is gone",
        why="Planning against an older ledger would take what was applied since for changes made by hand.",
        mend="Restore the ledger; to publish the one this clone holds, push its ref to the remote yourself.",
    ),
    CodeInfo(
        code=DAMAGED,
        summary="The ledger's chain is broken",
        why="An entry, a head or a body is not what was once written.",
        mend="Restore the ledger from a copy, and find out who changed it.",
    ),
    CodeInfo(
        code=UNKNOWN_FORMAT,
        summary="The ledger was written by another version of crmgov",
        why="A ledger that is not understood completely is not read at all.",
        mend="Use the version of crmgov that wrote it, or a newer one.",
    ),
)
