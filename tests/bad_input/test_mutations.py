"""Valid files with some bytes changed, cut or doubled: read or refused with a diagnostic, in bounded time, every time.

The mutations are derived from the valid files by a fixed seed, so a failure is found again by its number.
"""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crmgov.check.run import check
from crmgov.load.overlays import apply_overlays
from crmgov.load.recorded import NotARecording, read_recording
from crmgov.load.tree import load_tree
from crmgov.model.address import AddressError, parse
from crmgov.model.diagnostics import Place
from crmgov.model.provider import ProviderError, Scope
from crmgov.providers.salesforce import xmltree
from crmgov.providers.salesforce.provider import SalesforceFiles
from crmgov.report import findings
from crmgov.report.plan import render
from crmgov.report.plan_file import NotAPlan, read_plan
from crmgov.write.fmt import Unformatted, format_text
from tests.bad_input.plain import text_of
from tests.bad_input.saved_cases import PLAN, SNAPSHOT
from tests.bad_input.zip_cases import ZIPS

ROOT = Path(__file__).resolve().parents[2]
MOST_SECONDS = 5.0
"""For one mutation of a small file; the usual takes milliseconds."""
_PIECES = (
    b"", b"\0", b"\xff", b"\xef\xbb\xbf", b"\n", b"\r", b"\t", b" ", b"'", b'"', b"&a", b"*a", b"!!", b"|", b">", b"- ", b": ",
    b"#", b"{", b"[", b"}", b"]", b"---\n", b"...", b"<<: ", b"? ", b"%YAML 1.1\n", b"null", b"1e999", b".nan", b"-1", b"9" * 50,
    b"<", b"</", b"/>", b"<!--", b"<![CDATA[", b"]]>", b"&amp;", b"&#0;", b"<?x ", b"<!DOCTYPE a>", b"true", b"\xe2\x80\xae",
)  # fmt: skip


def mutated(valid: bytes, seed: int) -> bytes:
    """A valid file with a few changes."""
    chance = random.Random(seed)
    data = bytearray(valid)
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((0, 1, 2, 8, 40)))
        way = chance.randrange(5)
        if way == 0:
            data[at:end] = chance.choice(_PIECES)
        elif way == 1:
            data[at:at] = data[at:end] * chance.choice((1, 2, 30))
        elif way == 2:
            del data[at:end]
        elif way == 3 and data:
            data[at % len(data)] ^= 1 << chance.randrange(8)
        else:
            other = chance.randrange(len(data) + 1)
            data[at:at] = valid[other : other + 60]
    return bytes(data)


def _lines(*folders: str, suffix: str, most: int = 6_000) -> list[bytes]:
    files = sorted(path for folder in folders for path in (ROOT / folder).rglob(f"*{suffix}"))
    return [path.read_bytes() for path in files if path.stat().st_size < most]


def _each(sources: list[bytes], number: int) -> Iterator[tuple[int, bytes]]:
    for seed in range(number):
        yield seed, mutated(sources[seed % len(sources)], seed)


def _bounded(seed: int, use: Callable[[], object]) -> None:
    start = time.process_time()
    try:
        use()
    except Exception as error:
        raise AssertionError(f"mutation {seed}: {type(error).__name__}: {error}") from error
    assert time.process_time() - start < MOST_SECONDS, f"mutation {seed} takes too long"


def test_mutated_configuration(tmp_path: Path) -> None:
    sources = _lines("config", "environments", suffix=".yaml")
    (tmp_path / "config").mkdir()

    def use() -> None:
        loaded = load_tree(tmp_path, cache=False)
        problems = [*loaded.diagnostics, *check(loaded.snapshot)]
        for _, at in list(loaded.snapshot.of_kind("Environment")):
            problems += apply_overlays(loaded.snapshot, at.name)[1]
        for line in text_of(loaded, problems):
            assert line.isprintable(), line

    for seed, data in _each(sources, 300):
        (tmp_path / "config/a.yaml").write_bytes(data)
        _bounded(seed, use)


def test_mutated_text_is_laid_out_or_left(tmp_path: Path) -> None:
    for seed, data in _each(_lines("config", "environments", suffix=".yaml"), 300):
        text = data.decode("utf-8", "replace")

        def use(text: str = text) -> None:
            try:
                once = format_text(text)
            except Unformatted:
                return
            assert format_text(once) == once

        _bounded(seed, use)


@pytest.mark.parametrize("suffix", [".object-meta.xml", ".field-meta.xml", "-meta.xml"])
def test_mutated_metadata(suffix: str, tmp_path: Path) -> None:
    folder = ROOT / "tests/providers/salesforce/project"
    paths = sorted(path for path in folder.rglob(f"*{suffix}") if path.stat().st_size < 6_000)
    (tmp_path / "sfdx-project.json").write_text('{"packageDirectories": [{"path": "."}]}')

    def use() -> None:
        provider = SalesforceFiles(tmp_path, Path())
        snapshot = provider.read(Scope())
        assert all(isinstance(problem.at, Place) for problem in provider.problems)
        for form in ("human", "concise", "github"):
            assert all(line.isprintable() for line in findings.render(form, provider.problems).split("\n"))
        normal = provider.normalise(snapshot)
        provider.limits(normal.snapshot)
        provider.tidy(snapshot)
        check(snapshot, [provider.catalogue()], case="accept")
        for address in snapshot:
            snapshot.spec(address)
            provider.locate(address, ("label",))

    for seed in range(150):
        source = paths[seed % len(paths)]
        target = tmp_path / source.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(mutated(source.read_bytes(), seed))
        _bounded(seed, use)
        target.unlink()


def test_mutated_metadata_is_edited_or_refused(tmp_path: Path) -> None:
    from crmgov.providers.salesforce.splice import render as spliced

    def use(data: bytes) -> None:
        try:
            document = xmltree.parse(data)
            assert spliced(document) == data
            if document.root.children:
                del document.root.children[0]
                spliced(document)
        except xmltree.XmlError:
            return

    for seed, data in _each(_lines("tests/providers/salesforce/project", suffix="-meta.xml"), 300):
        _bounded(seed, lambda data=data: use(data))  # type: ignore[misc]


def test_mutated_zips(tmp_path: Path) -> None:
    path = tmp_path / "crm.zip"

    def use() -> None:
        try:
            SalesforceFiles(None, path).read(Scope())
        except ProviderError as error:
            assert error.diagnostic.message

    for seed, data in _each([ZIPS["case_twins"](), ZIPS["duplicate_entries"]()], 200):
        path.write_bytes(data)
        _bounded(seed, use)


def test_mutated_plans_and_recordings(tmp_path: Path) -> None:
    path, forms = tmp_path / "file", 0

    def plan() -> None:
        nonlocal forms
        forms += 1
        try:
            read = read_plan(path)
        except NotAPlan:
            return
        for form in ("human", "json", *(("markdown", "html") if forms % 20 == 0 else ())):
            assert render(read, form, full=True, file="file")

    def recording() -> None:
        try:
            _, snapshot = read_recording(path)
        except NotARecording:
            return
        check(snapshot)
        assert all(snapshot.spec(address) is not None for address in snapshot)

    for valid, use in ((PLAN, plan), (SNAPSHOT, recording)):
        for seed, data in _each([valid], 300):
            path.write_bytes(data)
            _bounded(seed, use)


def test_mutated_addresses() -> None:
    valid = [b'Field/Lead.Region', b'Layout/Lead."Lead Layout"#sections[Details]#fields[Region__c]', b'Role/"a\\"b"']
    for seed, data in _each(valid, 2_000):
        text = data.decode("utf-8", "replace")

        def use(text: str = text) -> None:
            try:
                found = parse(text)
            except AddressError:
                return
            assert parse(str(found)) == found

        _bounded(seed, use)
