"""Bad input that is built when it is needed: huge, not text, or nothing git could keep."""

import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

LEAD = "kind: Object\nname: Lead\nlabel: Lead\n"


def _file(root: Path, name: str, data: bytes | str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def fifty_megabytes(root: Path) -> None:
    with _file(root, "config/huge.yaml", LEAD).open("r+b") as stream:
        stream.truncate(50 * 1024 * 1024)
    _file(root, "config/other.yaml", "kind: Role\nname: Sales\nlable: Sales\n")


def alias_bomb(root: Path) -> None:
    lines = ["kind: Policy", "name: bomb", "native:", "  x:", "    a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"    a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    _file(root, "config/bomb.yaml", "\n".join(lines) + "\n")


def alias_bomb_of_text(root: Path) -> None:
    text = "x" * 100_000
    _file(root, "config/bomb.yaml", f"kind: Role\nname: r\nlabel: &t {text}\ntags: [{', '.join(['*t'] * 5000)}]\n")


def alias_chain(root: Path) -> None:
    lines = ["kind: Policy", "name: chain", "native:", "  x:", "    a0: &a0 [lol]"]
    lines += [f"    a{n}: &a{n} [*a{n - 1}]" for n in range(1, 190)]
    _file(root, "config/chain.yaml", "\n".join(lines) + "\n")


def modest_anchors(root: Path) -> None:
    text = "kind: Team\nname: Sales\nobjects: &objects [Lead, Account]\ntags: *objects\n"
    _file(root, "config/team.yaml", text)


def two_hundred_deep(root: Path) -> None:
    lines = [f"{'  ' * depth}native:" for depth in range(200)]
    _file(root, "config/deep.yaml", "kind: Role\nname: deep\n" + "\n".join(lines) + "\n")


def hundred_thousand_brackets(root: Path) -> None:
    _file(root, "config/deep.yaml", "kind: Role\nname: deep\ntags: " + "[" * 100_000 + "\n")


def image(root: Path) -> None:
    _file(root, "config/logo.yaml", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00")


def zip_archive(root: Path) -> None:
    (root / "config").mkdir()
    with zipfile.ZipFile(root / "config/all.yaml", "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.yaml"), LEAD)


def random_bytes(root: Path) -> None:
    _file(root, "config/noise.yaml", random.Random(7).randbytes(20_000))


def empty_file(root: Path) -> None:
    _file(root, "config/empty.yaml", b"")


def byte_order_mark(root: Path) -> None:
    _file(root, "config/lead.yaml", b"\xef\xbb\xbf" + LEAD.encode() + b"lable: twice\n")


def windows_line_breaks(root: Path) -> None:
    _file(root, "config/lead.yaml", (LEAD + "fields:\n  Region:\n    typ: text\n").replace("\n", "\r\n"))


def old_mac_line_breaks(root: Path) -> None:
    _file(root, "config/lead.yaml", (LEAD + "lable: twice\n").replace("\n", "\r"))


def nul_character(root: Path) -> None:
    _file(root, "config/lead.yaml", LEAD + "owner: sales\0ops\n")


def escape_character(root: Path) -> None:
    _file(root, "config/lead.yaml", LEAD + "owner: \x1b[31mred\x1b[0m\n")


def utf_16(root: Path) -> None:
    _file(root, "config/lead.yaml", LEAD.encode("utf-16"))


def utf_16_without_mark(root: Path) -> None:
    _file(root, "config/lead.yaml", LEAD.encode("utf-16-le"))


def utf_32(root: Path) -> None:
    _file(root, "config/lead.yaml", LEAD.encode("utf-32"))


def windows_1252(root: Path) -> None:
    _file(root, "config/lead.yaml", (LEAD + "description: Für alle Fälle\n").encode("cp1252"))


def half_a_character(root: Path) -> None:
    _file(root, "config/lead.yaml", LEAD.encode() + b"description: \xed\xa0\x80\n")


def lone_accent_form(root: Path) -> None:
    _file(root, "config/a.yaml", "kind: Role\nname: Caf\u00e9\n")
    _file(root, "config/b.yaml", "kind: Role\nname: Cafe\u0301\n")


def link_out(root: Path) -> None:
    secret = _file(root.parent, "outside/secret.yaml", LEAD)
    (root / "config").mkdir()
    (root / "config/lead.yaml").symlink_to(secret)


def link_inside(root: Path) -> None:
    _file(root, "config/lead.yaml", LEAD)
    (root / "config/again.yaml").symlink_to("lead.yaml")


def linked_folder(root: Path) -> None:
    _file(root.parent, "outside/secret.yaml", LEAD)
    (root / "config").mkdir()
    (root / "config/more").symlink_to(root.parent / "outside")
    (root / "config/loop").symlink_to(root / "config")


def linked_config(root: Path) -> None:
    _file(root.parent, "outside/secret.yaml", LEAD)
    (root / "config").symlink_to(root.parent / "outside")


def editor_lock(root: Path) -> None:
    _file(root, "config/lead.yaml", LEAD)
    (root / "config/.#lead.yaml").symlink_to("ana@laptop.4711:1")


def pipe(root: Path) -> None:
    (root / "config").mkdir()
    os.mkfifo(root / "config/pipe.yaml")


def config_is_a_file(root: Path) -> None:
    _file(root, "config", LEAD)


def nothing_here(root: Path) -> None:
    _file(root, "README.md", "A repository\n")


def folder_with_an_ending(root: Path) -> None:
    _file(root, "config/objects.yaml/lead.yaml", LEAD + "lable: x\n")


def capital_ending(root: Path) -> None:
    _file(root, "config/lead.YAML", LEAD)
    _file(root, "config/readme.md", "not loaded")


def name_not_utf8(root: Path) -> None:
    (root / "config").mkdir()
    with open(os.fsencode(root) + b"/config/caf\xe9.yaml", "wb") as stream:
        stream.write(LEAD.encode())


def name_with_line_break(root: Path) -> None:
    _file(root, "config/a\nb.yaml", LEAD + "lable: x\n")


def body_files(root: Path) -> None:
    _file(root, "config/ok.xml", "<Flow/>")
    _file(root.parent, "outside/secret.xml", "<Flow/>")
    (root / "config/link.xml").symlink_to(root.parent / "outside/secret.xml")
    right = "d7d5e2d0e0a6b3a5d9a4b5b0d5c9b1aa"
    paths = ("ok.xml", "missing.xml", "../../outside/secret.xml", "/etc/hostname", "link.xml", "..", "C:/x", "a\\b")
    texts = [
        f"kind: Automation\nname: a{n}\nobject: Lead\nbody: opaque\nbody_file:\n  path: '{path}'\n  digest: {right}\n"
        for n, path in enumerate(paths)
    ]
    _file(root, "config/flows.yaml", "---\n".join(texts))


def three_hundred_problems(root: Path) -> None:
    _file(root, "config/lead.yaml", LEAD + "label: again\n" * 300)


def line_of_a_megabyte(root: Path) -> None:
    _file(root, "config/lead.yaml", LEAD + "description: " + "x" * 1_000_000 + "\nlable: x\n")


def key_of_two_thousand(root: Path) -> None:
    _file(root, "config/lead.yaml", LEAD + "k" * 2_000 + ": x\n")


def name_of_three_hundred(root: Path) -> None:
    _file(root, "config/role.yaml", f"kind: Role\nname: {'r' * 300}\n")


def number_of_five_thousand(root: Path) -> None:
    _file(root, "config/field.yaml", f"kind: Field\nname: F\nobject: Lead\nlength: {'9' * 5_000}\n")


def ten_thousand_documents(root: Path) -> None:
    texts = [f"kind: Role\nname: R{n}\n" for n in range(10_000)]
    _file(root, "config/roles.yaml", "---\n".join(texts) + "---\nkind: Role\nname: R5\n")



BUILDERS: dict[str, Callable[[Path], None]] = {
    name: builder
    for name, builder in list(globals().items())
    if callable(builder) and getattr(builder, "__module__", "") == __name__ and not name.startswith("_")
}
