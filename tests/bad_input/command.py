"""The command line in a process of its own with bounded time and memory, quickly: a fork of this one.

A child that is killed by a bound, or that tells a fault of crmgov's own, fails the test.
"""

import io
import os
import re
import resource
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from crmgov.cli import VERBS

MOST_SECONDS = 30
"""Seconds of processor time for one command, several times what the slowest case takes on a slow core."""
MOST_BYTES = 2 * 1024**3
"""Address space of one command, beyond what this process has taken already."""
_MODULES = (
    "git", "jinja2", "lxml.etree", "rapidfuzz.process", "sqlalchemy.dialects.sqlite", "yaml",
    "crmgov.cli.applying", "crmgov.cli.checking", "crmgov.cli.comparing", "crmgov.cli.pulling", "crmgov.cli.sources",
    "crmgov.ledger.repository", "crmgov.ledger.sqlite", "crmgov.providers.salesforce.provider",
    "crmgov.providers.sql.provider", "crmgov.providers.sql.sqlite", "crmgov.report.human", "crmgov.report.page",
    "crmgov.report.plan", "crmgov.write.fmt",
)  # fmt: skip


MOST_COLUMNS = 300
_TIMES = re.compile(r"\b[0-9]+\.[0-9] s\b")
_RUN = re.compile(r"\brun [0-9]{8}T[0-9]{6}-[0-9a-f]{6}")
_TOTAL = re.compile(r"[0-9]+ (error|warning|note)s?(, [0-9]+ (error|warning|note)s?)*")


def told(root: Path, *words: str, **variables: str) -> Iterator[str]:
    """What a command says in a folder: the command, its status, its output, each with the folder's own path covered."""
    status, output, errors = run(root, *words, **variables)
    shown = " ".join(word if len(word) < 60 else f"{word[:40]}...({len(word)} characters)" for word in words)
    yield f"$ crmgov {_shown(shown)}"
    for stream, text in (("", output), ("! ", errors)):
        for line in text.replace(str(root), "ROOT").replace(str(root.parent), "OUTSIDE").split("\n"):
            # Goldens hold what is particular to the case; the words of the catalogue are told by their own tests.
            if line.strip() and not line.startswith(("   Why: ", "   Mend: ")) and not _TOTAL.fullmatch(line):
                yield f"{stream}{_shown(_RUN.sub('run R', _TIMES.sub('N s', line)))[:MOST_COLUMNS]}"
    yield f"exit {status}"


def run(root: Path, *words: str, **variables: str) -> tuple[int, str, str]:
    """Status, standard output and standard error of a command run in a folder."""
    for module in (*(f"crmgov.cli.{verb}" for verb in VERBS), *_MODULES):
        import_module(module)
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        child = os.fork()
        if child == 0:
            with suppress(BaseException):
                _child(root, words, variables, output.fileno(), errors.fileno())
            os._exit(99)
        _, code = os.waitpid(child, 0)
        status = os.waitstatus_to_exitcode(code)
        texts = []
        for stream in (output, errors):
            stream.seek(0)
            texts.append(stream.read(4_000_000).decode("utf-8", "replace"))
    assert status in range(5), f"ended with status {status} (-{-status} is a signal): {texts[1][:2000]}"
    assert "CLI001" not in texts[1], texts[1]
    assert "Traceback" not in texts[1], texts[1]
    return status, texts[0], texts[1]


def _address_space() -> int:
    """Bytes of address space of this process: the libraries that other tests loaded take much of it."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def _child(root: Path, words: tuple[str, ...], variables: dict[str, str], output: int, errors: int) -> None:
    from crmgov.cli import main

    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    most = _address_space() + MOST_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    os.chdir(root)
    empty = os.open(os.devnull, os.O_RDONLY)
    for descriptor, number in ((empty, 0), (output, 1), (errors, 2)):
        os.dup2(descriptor, number)
    sys.stdin = io.TextIOWrapper(os.fdopen(0, "rb"), "utf-8")
    sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb"), "utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(os.fdopen(2, "wb"), "utf-8", "backslashreplace", write_through=True)
    os.environ.update({"NO_COLOR": "1", "TERM": "dumb", "GIT_CONFIG_GLOBAL": os.devnull, **variables})
    sys.argv = ["crmgov", *words]
    try:
        main()
    except SystemExit as ended:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended.code if isinstance(ended.code, int) else 98)


def _shown(text: str) -> str:
    """Text with what cannot be seen written as an escape."""
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)
