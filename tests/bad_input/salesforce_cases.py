"""Salesforce projects with broken, mistaken or hostile files, each beside one good role."""

import os
from collections.abc import Callable
from pathlib import Path

SPACE = "http://soap.sforce.com/2006/04/metadata"
CONFIG = '{"packageDirectories": [{"path": "app"}]}'
Content = str | bytes


def metadata(kind: str, inner: str = "", head: str = '<?xml version="1.0" encoding="UTF-8"?>\n') -> str:
    return f'{head}<{kind} xmlns="{SPACE}">\n    {inner}\n</{kind}>\n'


ROLE = metadata("Role", "<name>Clerk</name>")


def _role(content: Content, name: str = "Bad") -> dict[str, Content]:
    return {f"app/roles/{name}.role-meta.xml": content}


def _field(inner: str, name: str = "Region__c") -> dict[str, Content]:
    return {f"app/objects/Lead/fields/{name}.field-meta.xml": metadata("CustomField", inner)}


def _object(inner: str) -> dict[str, Content]:
    return {"app/objects/Lead/Lead.object-meta.xml": metadata("CustomObject", inner)}


def _text(length: str) -> dict[str, Content]:
    return _field(f"<fullName>Region__c</fullName><label>R</label><type>Text</type><length>{length}</length>")


_BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
_ATTRIBUTES = " ".join(f"a{n}='x'" for n in range(50_000))
_FLOW = metadata("Flow", "<status>Active</status>" + "<decisions><name>" * 120 + "</name></decisions>" * 120)

FILES: dict[str, dict[str, Content]] = {
    "entity_bomb": _role(f'<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY e0 "lol">{_BOMB}]>\n<Role>&e9;</Role>'),
    "entity_bomb_in_attributes": _role(f'<!DOCTYPE r [<!ENTITY e0 "lol">{_BOMB}]>\n<Role a="&e9;"/>'),
    "doctype": _role(f'<!DOCTYPE Role>\n{metadata("Role", "", head="")}'),
    "external_entity": _role('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<Role><name>&x;</name></Role>'),
    "external_parameter_entity": _role('<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]>\n<Role/>'),
    "external_doctype": _role('<!DOCTYPE Role SYSTEM "http://127.0.0.1:9/role.dtd">\n<Role/>'),
    "unknown_entity": _role(metadata("Role", "<name>&nbsp;</name>")),
    "include": _role(
        metadata("Role", '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/><name>A</name>')
    ),
    "stylesheet": _role('<?xml-stylesheet href="http://127.0.0.1:9/x"?>\n' + metadata("Role", "<name>A</name>", head="")),
    "three_hundred_deep": _role(metadata("Role", "<a>" * 300 + "</a>" * 300)),
    "two_hundred_deep_in_a_flow": {"app/flows/Deep.flow-meta.xml": _FLOW},
    "text_of_eleven_megabytes": _role(metadata("Role", f"<name>{'x' * 11_000_000}</name>")),
    "fifty_thousand_attributes": _role(metadata("Role", f"<name {_ATTRIBUTES}>A</name>")),
    "hundred_thousand_of_one": _role(metadata("Role", "<name>A</name>" * 100_000)),
    "wrong_root": _role(metadata("Profile")),
    "wrong_root_that_is_html": _role("<html><body></body></html>"),
    "wrong_namespace": _role('<Role xmlns="http://example.com/"><name>A</name></Role>'),
    "no_namespace": _role("<Role><name>A</name></Role>"),
    "prefixed": _role(f'<m:Role xmlns:m="{SPACE}"><m:name>A</m:name></m:Role>'),
    "truncated": _role(ROLE[:-10]),
    "more_behind_the_end": _role(ROLE + "<Role/>"),
    "tag_closed_by_another": _role(metadata("Role", "<name>A</nam>")),
    "utf_16": _role(ROLE.encode("utf-16")),
    "utf_16_by_name_only": _role(ROLE.replace("UTF-8", "UTF-16")),
    "utf_7": _role(ROLE.replace("UTF-8", "UTF-7")),
    "latin_1": _role(metadata("Role", "<name>\xff</name>").encode("latin-1")),
    "byte_order_mark": _role(b"\xef\xbb\xbf" + ROLE.encode()),
    "mixed_line_breaks": _role(ROLE.replace("\n", "\r\n", 1).encode()),
    "nul": _role(metadata("Role", "<name>a\0b</name>")),
    "control_character": _role(metadata("Role", "<name>&#x1b;[31m</name>")),
    "empty_file": _role(""),
    "white_space_alone": _role(" \n" * 100),
    "binary": _role(bytes(range(256)) * 4),
    "duplicate_elements": _field(
        "<fullName>Region__c</fullName><label>A</label><label>B</label><type>Text</type><type>Number</type><length>5</length>"
    ),
    "duplicate_fields_in_one_object": _object(
        "<fields><fullName>A__c</fullName><type>Text</type></fields><fields><fullName>A__c</fullName><type>Date</type></fields>"
    ),
    "fields_without_a_name": _object("<label>Lead</label><fields/><fields><type>Text</type></fields><fields>text</fields>"),
    "two_files_for_one_component": {
        **_role(ROLE, "Twice"), "app/more/roles/Twice.role-meta.xml": metadata("Role", "<name>Other</name>"),
    },
    "case_only_twins": {**_role(ROLE, "Sales"), **_role(metadata("Role", "<name>Other</name>"), "sales")},
    "object_in_both_forms": {
        **_object("<fields><fullName>Region__c</fullName><type>Text</type><length>9</length></fields>"), **_text("5"),
    },
    "missing_full_name": _field("<label>R</label><type>Text</type><length>5</length>"),
    "other_full_name": _field("<fullName>Other__c</fullName><label>R</label><type>Text</type><length>5</length>"),
    "missing_type": _field("<fullName>Region__c</fullName><label>R</label>"),
    "unknown_type": _field("<fullName>Region__c</fullName><label>R</label><type>Banana</type>"),
    "length_is_no_number": _text("five"),
    "length_is_negative": _text("-1"),
    "length_is_huge": _text("9" * 5_000),
    "length_is_not_a_number": _text("NaN"),
    "length_in_arabic_digits": _text("\u0663"),
    "length_holds_elements": _text("<a>5</a>"),
    "required_is_maybe": _field(
        "<fullName>Region__c</fullName><label>R</label><type>Text</type><length>5</length><required>maybe</required>"
    ),
    "picklist_without_values": _field("<fullName>Region__c</fullName><label>R</label><type>Picklist</type><valueSet>A</valueSet>"),
    "picklist_with_one_value_twice": _field(
        "<fullName>Region__c</fullName><label>R</label><type>Picklist</type><valueSet><valueSetDefinition>"
        "<value><fullName>A</fullName></value><value><fullName>A</fullName></value><value/></valueSetDefinition></valueSet>"
    ),
    "formula_of_thirty_thousand_brackets": _field(
        f"<fullName>Region__c</fullName><label>R</label><type>Text</type><formula>{'IF(' * 30_000}</formula>"
    ),
    "empty_rows_everywhere": {
        "app/profiles/A.profile-meta.xml": metadata("Profile", "<fieldPermissions/><objectPermissions>x</objectPermissions>"),
        "app/layouts/Lead-A.layout-meta.xml": metadata("Layout", "<layoutSections/><layoutSections>x</layoutSections>"),
        "app/queues/A.queue-meta.xml": metadata("Queue", "<queueSobject/><queueMembers>x</queueMembers>"),
        "app/workflows/Lead.workflow-meta.xml": metadata("Workflow", "<rules/><fieldUpdates>x</fieldUpdates>"),
        "app/globalValueSets/A.globalValueSet-meta.xml": metadata("GlobalValueSet", "<customValue/>"),
    },
    "layout_without_an_object": {"app/layouts/NoDash.layout-meta.xml": metadata("Layout")},
    "name_with_an_encoded_path": {
        **_role(ROLE, "%2e%2e%2f%2e%2e%2fout"), **_role(ROLE, "a%00b"), **_role(ROLE, "a%0Ab"), **_role(ROLE, "%"), **_role(ROLE, "%ff"),
    },
    "name_of_brackets_and_quotes": _role(ROLE, 'a"].b#c[d'),
    "file_name_that_is_all_ending": {"app/roles/.role-meta.xml": ROLE},
    "folder_with_the_name_of_a_file": {"app/roles/Bad.role-meta.xml/readme.txt": "x"},
    "forceignore_of_a_hundred_stars": {
        ".forceignore": f"{'*a' * 100}b\n**/a/**/a/**/a/**/a/**/b\n", **_role(ROLE, "a" * 200),
    },
    "forceignore_that_is_no_text": {".forceignore": b"\xff\xfe\x00"},
}  # fmt: skip

CONFIGS: dict[str, Content] = {
    "config_broken": "{",
    "config_empty": "",
    "config_is_a_list": "[]",
    "config_is_null": "null",
    "config_without_directories": "{}",
    "config_with_directories_as_object": '{"packageDirectories": {"path": "app"}}',
    "config_with_directories_as_texts": '{"packageDirectories": ["app"]}',
    "config_leads_out": '{"packageDirectories": [{"path": "../outside"}, {"path": "app"}]}',
    "config_leads_to_the_root": '{"packageDirectories": [{"path": "/etc"}]}',
    "config_leads_out_by_a_link": '{"packageDirectories": [{"path": "link"}]}',
    "config_with_nul": '{"packageDirectories": [{"path": "a\\u0000b"}]}',
    "config_with_half_a_character": '{"packageDirectories": [{"path": "\\ud800"}]}',
    "config_with_a_path_too_long": '{"packageDirectories": [{"path": "' + "a" * 5_000 + '"}]}',
    "config_of_hundred_thousand_brackets": "[" * 100_000,
    "config_with_a_huge_number": f'{{"packageDirectories": [{{"path": "app"}}], "x": {"9" * 10_000}}}',
    "config_with_a_key_twice": '{"packageDirectories": [{"path": "../outside"}], "packageDirectories": [{"path": "app"}]}',
    "config_naming_one_directory_often": '{"packageDirectories": [' + ", ".join(['{"path": "app"}'] * 5_000) + "]}",
    "config_with_byte_order_mark": b"\xef\xbb\xbf" + CONFIG.encode(),
    "config_in_utf_16": CONFIG.encode("utf-16"),
    "config_of_ten_megabytes": " " * 10_000_000 + CONFIG,
}


def _make(root: Path, files: dict[str, Content], config: Content | None = CONFIG) -> None:
    every = {"app/roles/Good.role-meta.xml": ROLE, **files, **({} if config is None else {"sfdx-project.json": config})}
    for name, content in every.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def config_missing(root: Path) -> None:
    _make(root, {}, None)


def config_is_a_folder(root: Path) -> None:
    _make(root, {"sfdx-project.json/x": ""}, None)


def config_is_a_pipe(root: Path) -> None:
    _make(root, {}, None)
    os.mkfifo(root / "sfdx-project.json")


def links_out_of_the_project(root: Path) -> None:
    _make(root, {})
    (root.parent / "outside").mkdir()
    (root.parent / "outside/Secret.role-meta.xml").write_text(ROLE)
    (root / "app/roles/Secret.role-meta.xml").symlink_to("../../../outside/Secret.role-meta.xml")
    (root / "app/more").symlink_to("../../outside")
    (root / "app/loop").symlink_to(".")
    (root / "app/roles/Nowhere.role-meta.xml").symlink_to("nowhere")
    (root / "app/roles/Inside.role-meta.xml").symlink_to("Good.role-meta.xml")


def pipe_and_unreadable(root: Path) -> None:
    _make(root, {})
    os.mkfifo(root / "app/roles/Pipe.role-meta.xml")
    os.mkfifo(root / "app/readme.txt")


def hundred_folders_deep(root: Path) -> None:
    _make(root, {"app/" + "d/" * 100 + "Bad.role-meta.xml": ROLE})


def _with(files: dict[str, Content], config: Content = CONFIG) -> Callable[[Path], None]:
    def build(root: Path) -> None:
        _make(root, files, config)
        (root.parent / "outside").mkdir(exist_ok=True)
        if "link" in str(config):
            (root / "link").symlink_to("../outside")

    return build


BUILDERS: dict[str, Callable[[Path], None]] = {
    **{name: _with(files) for name, files in FILES.items()},
    **{name: _with({}, config) for name, config in CONFIGS.items()},
    **{
        builder.__name__: builder
        for builder in (
            config_missing, config_is_a_folder, config_is_a_pipe, links_out_of_the_project, pipe_and_unreadable,
            hundred_folders_deep,
        )
    },
}  # fmt: skip
