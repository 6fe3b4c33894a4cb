"""Whatever is in the repository, in the database or in a file that is named: an answer, never a fault."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.scenarios.world import World

NASTY = 'kind: Field\nobject: Lead\nname: Nasty\ntype: text\nlabel: "\\e[31mred\\a<script>alert(1)</script> | `x` ``` @all \\u202e"\n'
SEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal or a reader would be deceived by."""


@pytest.mark.parametrize("form", ["human", "json", "markdown", "html"])
def test_labels_are_seen_for_what_they_are_in_every_format(world: World, form: str) -> None:
    world.write("config/Nasty.yaml", NASTY)
    for words in (["plan", "sandbox"], ["show", "Lead.Nasty"]):
        out = world(*words, "--full", "--format", form).out
        if form == "json":
            assert "\\u001b[31mred" in out
            assert not SEEN.search(out.replace("\u202e", ""))
        else:
            assert not SEEN.search(out)
            assert "x1b" in out
        if form in ("html", "markdown"):
            assert "<script>alert" not in _outside_fences(out)
    for words in (["diff", "sandbox"], ["drift", "sandbox"]):
        if form != "html":
            assert not SEEN.search(world(*words, "--format", form).out.replace("\u202e", ""))


def _outside_fences(text: str) -> str:
    """Markdown without its blocks of code."""
    return re.sub(r"^(`{3,})\w*\n.*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)


def test_names_with_controls_are_errors_told_without_them(world: World) -> None:
    world.write("config/Nasty.yaml", 'kind: Field\nobject: Lead\nname: "a\\e[31mb"\nlabel: x\ntype: text\n')
    for form in ("human", "concise", "json", "sarif", "github", "junit", "markdown"):
        out = world("validate", "--format", form, status=1).out
        assert "\x1b" not in out
        assert "31mb" in out


def test_a_label_of_a_megabyte_fills_no_screen(world: World) -> None:
    world.write("config/Big.yaml", f"kind: Field\nobject: Lead\nname: Big\nlabel: {'x' * 1_000_000}\ntype: text\n")
    for words in (["plan", "sandbox"], ["plan", "sandbox", "--full"], ["show", "Lead.Big"], ["diff", "sandbox"]):
        assert len(world(*words).out) < 5_000
    world.apply()
    world.write("config/Big.yaml", world.read("config/Big.yaml").replace("x\n", "y\n"))
    out = world("plan", "sandbox").out
    assert len(out) < 5_000
    assert 'y"' in out
    world.apply()


def test_ten_thousand_small_files(world: World) -> None:
    below = world.root / "config/many"
    below.mkdir()
    for number in range(10_000):
        (below / f"{number}.yaml").write_text(f"kind: Role\nname: R{number}\n")
    (below / "broken.yaml").write_text("kind: [\n")
    ended = world("validate", status=1)
    assert "1 error" in ended.out
    (below / "broken.yaml").unlink()
    assert "10,004 other resources" in world("validate").out


def test_links_are_not_followed(world: World, tmp_path: Path) -> None:
    shutil.copytree(world.root / "config", tmp_path / "elsewhere")
    (world.root / "config/link").symlink_to(tmp_path / "elsewhere")
    assert "FILE002" in world("validate", status=1).out
    assert "FILE002" in world("plan", "sandbox", status=1).err
    (world.root / "config/link").unlink()
    (world.root / "config").rename(tmp_path / "moved")
    (world.root / "config").symlink_to(tmp_path / "moved")
    assert "FILE002" in world("plan", "sandbox", status=1).err
    before = {path: path.read_bytes() for path in (tmp_path / "moved").iterdir()}
    world("pull", "sandbox", status=2)
    assert {path: path.read_bytes() for path in (tmp_path / "moved").iterdir()} == before


def test_results_are_not_written_onto_a_folder(world: World, tmp_path: Path) -> None:
    for words in (["plan", "sandbox", "--out"], ["plan", "sandbox", "--output"], ["show", "sandbox", "--output"]):
        assert "Is a directory" in world(*words, tmp_path, status=2).err
    assert list(tmp_path.iterdir()) == [world.root]


@pytest.mark.parametrize(
    "data",
    [
        b'{"format":"crmgov-plan/1","core":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b'{"format":"crmgov-plan/1","core":' + b"9" * 1_000_000 + b"}",
        b'{"format":"crmgov-plan/1","core":1e999}',
        b"\0" * 1000,
        b"\xff\xfe{}",
        b"[]",
        b'"crmgov-plan/1"',
        b"",
    ],
    ids=["deep list", "deep map", "huge number", "infinite", "zeros", "no text", "list", "text", "empty"],
)
def test_files_that_are_no_plan(world: World, data: bytes) -> None:
    path = world.root / "x.plan"
    path.write_bytes(data)
    before = world.state()
    world("apply", path, status=4)
    world("show", path, status=2)
    world("plan", "sandbox", "--snapshot", path, status=2)
    assert world.state() == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"Picklist/Region"', '"Nokind/Region"'),
        ('"Picklist/Region"', '"../../x"'),
        ('"type":"text"', '"type":7'),
        ('"label":"Lead"', '"label":["x"]'),
        ("{", ""),
    ],
)
def test_recordings_that_were_tampered_with(world: World, old: str, new: str) -> None:
    path = world.root / "then.snapshot"
    world("show", "sandbox", "--output", path)
    path.write_text(path.read_text().replace(old, new))
    for words in (
        ["plan", "sandbox", "--snapshot", path],
        ["diff", path, "sandbox"],
        ["show", path],
        ["validate", "--source", path],
        ["show", "Lead", "--source", path],
        ["plan", "sandbox", "--snapshot", world.root / "missing"],
    ):
        assert "CLI005" in world(*words, status=2).err


@pytest.mark.parametrize("body", ["not json", "[]", '{"label": 7}', '{"unknown": 1}', "[" * 50_000])
def test_entries_in_the_database_that_are_not_understood_are_unknown_not_gone(world: World, body: str) -> None:
    world.sql("UPDATE crmgov_resources SET body = ? WHERE address LIKE 'PermissionSet/%'", body)
    assert "Not read" in world("show", "sandbox").out
    ended = world("drift", "sandbox", "--exit-code")
    assert "removed by hand" not in ended.out
    assert "PLAN013" in ended.err
    assert world.steps() == []
    world("plan", "sandbox", "--revert", "Sales", status=1)
    sales = world.root / "config/Sales.yaml"
    text = sales.read_text()
    sales.write_text(text.replace("create: true", "create: false"))
    assert "PLAN005" in world("plan", "sandbox", status=1).err
    sales.unlink()
    world.commit("No sales")
    assert [record["action"] for record in world.plan()["core"]["records"]] == []


def test_a_database_that_is_none(world: World) -> None:
    world.database().write_bytes(b"garbage" * 1000)
    for words in (["plan", "sandbox"], ["show", "sandbox"], ["drift", "sandbox"], ["apply", "sandbox", "--yes"]):
        assert "SQL002" in world(*words, status=2).err
    world("env")
    world.database().unlink()
    assert "there is no such file" in world("plan", "sandbox", status=2).err
    assert not world.database().exists()


def test_a_ledger_that_was_tampered_with_is_found_out(world: World) -> None:
    ref = "refs/crmgov/ledger/sandbox"
    names = world.git("ls-tree", "-r", "--name-only", ref).splitlines()
    world("history", "verify", "sandbox")
    for name in (
        next(n for n in names if n.startswith("bodies/")),
        next(n for n in names if not n.startswith("bodies/")),
    ):
        original = world.git("rev-parse", ref)
        (world.root / "edited").write_text(world.git("show", f"{ref}:{name}").replace("e", "a"))
        blob = world.git("hash-object", "-w", "edited")
        world.git("read-tree", f"--index-output={world.root / 'index'}", ref)
        entry = f"100644,{blob},{name}"
        _with_index(world, "update-index", "--add", "--cacheinfo", entry)
        tree = _with_index(world, "write-tree")
        world.git("update-ref", ref, world.git("commit-tree", tree, "-p", original, "-m", "tampered"))
        assert world("history", "verify", "sandbox", status=None).status in (1, 2), name
        world.git("update-ref", ref, original)
    world("history", "verify", "sandbox")


def _with_index(world: World, *words: str) -> str:
    (world.root / "index").replace(world.root / ".git/index")
    done = world.git(*words)
    (world.root / ".git/index").replace(world.root / "index")
    return done


def test_a_ledger_cut_back_or_gone_removes_nothing(world: World) -> None:
    world.write("config/One.yaml", "kind: Field\nobject: Lead\nname: One\nlabel: One\ntype: text\n")
    world.commit("One")
    world.apply()
    plan = world.saved()
    world.git("update-ref", "-d", "refs/crmgov/ledger/sandbox")
    (world.root / "config/One.yaml").unlink()
    world.commit("No One")
    assert world.steps() == []
    assert "First plan" in world("plan", "sandbox", "--full").out
    world("apply", plan, status=4)


def test_a_damaged_cache_changes_nothing(world: World) -> None:
    world("plan", "sandbox")
    cache = world.root / ".crmgov/cache"
    expected = world("plan", "sandbox", "--format", "json").json["core"]
    kept = [path for path in cache.rglob("*") if path.is_file()]
    assert kept
    for damage in (b"", b"\0" * 100, None):
        for path in kept:
            if damage is None:
                data = bytearray(path.read_bytes() or b"x")
                data[len(data) // 2] ^= 0xFF
                path.write_bytes(bytes(data))
            else:
                path.write_bytes(damage)
        assert world("plan", "sandbox", "--format", "json").json["core"] == expected
    shutil.rmtree(cache)
    cache.write_text("in the way")
    assert world("plan", "sandbox", "--format", "json").json["core"] == expected


def test_json_stays_json(world: World) -> None:
    world.write("config/Nasty.yaml", NASTY)
    out = world("plan", "sandbox", "--format", "json").out
    assert json.loads(out)["core"]["steps"][0]["address"] == "Field/Lead.Nasty"
