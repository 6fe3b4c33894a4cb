import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmgov.providers.salesforce.splice import insert, layout, new_file, render
from crmgov.providers.salesforce.xmltree import Document, Element, XmlError, node, parse
from tests.providers.salesforce_write.corpora import documents
from tests.providers.salesforce_write.edits import edit_files, one_edit, subtree

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
FIELD = (
    HEAD
    + """<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>Region__c</fullName>
    <description>It&apos;s &quot;so&quot;</description>
    <label>Region</label>
    <type>Text</type>
</CustomField>
"""
)


def opened(text: str) -> tuple[Document, Element]:
    document = parse(text.encode())
    return document, document.root


def test_a_text_is_replaced_and_nothing_else() -> None:
    document, root = opened(FIELD)
    root.find("label").text = "R&D <area>"
    assert render(document).decode() == FIELD.replace("<label>Region<", "<label>R&amp;D &lt;area&gt;<")


def test_what_a_text_keeps_keeps_its_spelling() -> None:
    document, root = opened(FIELD.replace("It&apos;s", "It's &#x41;"))
    root.find("description").text = 'It\'s A very "so"'
    expected = FIELD.replace("It&apos;s", "It's &#x41; very")
    assert render(document).decode() == expected


def test_children_go_where_the_vendor_puts_them() -> None:
    document, root = opened(FIELD)
    for child in (node("required", "false"), node("externalId", "true"), node("zzz", "1"), node("aaa", "1")):
        insert(root, child)
    lines = [line.strip().partition(">")[0] for line in render(document).decode().splitlines()[2:-1]]
    assert lines == ["<fullName", "<aaa", "<description", "<externalId", "<label", "<required", "<type", "<zzz"]


def test_keyed_children_stand_in_the_order_of_their_keys() -> None:
    text = "<P>\n  <r>\n    <k>B</k>\n  </r>\n  <r>\n    <k>D</k>\n  </r>\n</P>\n"
    document, root = opened(text)
    for key in "ACE":
        insert(root, node("r", [node("k", key)]), "k")
    assert [child.value("k") for child in parse(render(document)).root.children] == list("ABCDE")
    assert render(document).decode().count("\n  <r>\n    <k>") == 5


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("unit", ["  ", "    ", "\t"])
def test_new_lines_look_like_their_neighbours(newline: str, unit: str) -> None:
    text = FIELD.replace("    ", unit).replace("\n", newline)
    document, root = opened(text)
    insert(root, node("valueSet", [node("restricted", "true")]))
    root.find("label").text = "two\nlines"
    expected = text.replace(">Region<", f">two{newline}lines<").replace(
        f"</type>{newline}",
        newline.join(
            ("</type>", f"{unit}<valueSet>", f"{unit * 2}<restricted>true</restricted>", f"{unit}</valueSet>", "")
        ),
    )
    assert render(document) == expected.encode()


def test_a_file_of_mixed_line_ends_keeps_them() -> None:
    text = "<a>\r\n  <b>1</b>\n  <c>x\r\ny</c>\n</a>"
    document, root = opened(text)
    root.find("c").text = "x\ny\nz"
    insert(root, node("bb", "2"))
    assert render(document) == b"<a>\r\n  <b>1</b>\r\n  <bb>2</bb>\n  <c>x\r\ny\r\nz</c>\n</a>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<a><b>1</b></a>", "<a><b>1</b><c>2</c></a>"),
        ("<a/>", "<a>\n    <c>2</c>\n</a>"),
        ("<a />\n", "<a>\n    <c>2</c>\n</a>\n"),
        ("<a></a>\n", "<a>\n    <c>2</c>\n</a>\n"),
        ("<a>\n</a>\n", "<a>\n    <c>2</c>\n</a>\n"),
        ("<a>\n  <b/> <!-- of b -->\n</a>", "<a>\n  <b/> <!-- of b -->\n  <c>2</c>\n</a>"),
        ("<a>\n  <!-- none -->\n</a>", "<a>\n  <!-- none -->\n    <c>2</c>\n</a>"),
        ('<a\n  b="/>"\n>\n\t<b/>\n</a>', '<a\n  b="/>"\n>\n\t<b/>\n\t<c>2</c>\n</a>'),
        ("\ufeff<a>\n <b/>\n</a>", "\ufeff<a>\n <b/>\n <c>2</c>\n</a>"),
    ],
)
def test_inserting_into_odd_layouts(before: str, after: str) -> None:
    document, root = opened(before)
    insert(root, node("c", "2"))
    assert render(document).decode() == after


def test_an_element_goes_with_its_line_and_comments_stay() -> None:
    text = "<a>\n  <!-- one -->\n  <b/>\n  <c/> <!-- two -->\n  <d/><e/>\n</a>"
    document, root = opened(text)
    root.children = [root.find("e")]
    assert render(document).decode() == "<a>\n  <!-- one -->\n   <!-- two -->\n  <e/>\n</a>"


def test_cdata_stays_cdata() -> None:
    document, root = opened("<a>\n  <f><![CDATA[a < b && c]]></f>\n</a>")
    root.find("f").text = "a < b && c && d"
    assert render(document).decode() == "<a>\n  <f><![CDATA[a < b && c && d]]></f>\n</a>"
    root.find("f").text = "x]]>y"
    assert parse(render(document)).root.find("f").text == "x]]>y"


def test_children_change_places_with_their_own_layout() -> None:
    text = "<a>\n  <v><n>1</n></v>\n  <v>\n     <n>2</n></v>\n  <v><n>3</n>\n</v>\n</a>"
    document, root = opened(text)
    root.children = [root.children[1], root.children[2], root.children[0]]
    assert render(document).decode() == "<a>\n  <v>\n     <n>2</n></v>\n  <v><n>3</n>\n</v>\n  <v><n>1</n></v>\n</a>"


def test_other_encodings_are_kept_or_refused() -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?><a><b>\u00e5</b><c>x</c></a>'
    document = parse(text.encode("latin-1"))
    document.root.find("c").text = "\u00e5\u2603"
    assert render(document) == text.replace(">x<", ">\u00e5&#9731;<").encode("latin-1")
    with pytest.raises(XmlError, match="UTF-16"):
        parse("<a/>".encode("utf-16"))
    with pytest.raises(XmlError, match="windows-1252"):
        parse(b'<?xml version="1.0" encoding="windows-1252"?><a/>')


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DOCTYPE"),
        ("<a>&b;</a>", "well-formed"),
        ("<a>" * 300 + "</a>" * 300, "256 deep"),
        ("<a><b></a>", "well-formed"),
        ("", "well-formed"),
        ("<a>\x00</a>", "well-formed"),
    ],
)
def test_hostile_files_are_refused(text: str, message: str) -> None:
    with pytest.raises(XmlError, match=message):
        parse(text.encode())


def test_what_no_file_can_hold_is_refused() -> None:
    document, root = opened(FIELD)
    root.find("label").text = "bell \x07"
    with pytest.raises(XmlError, match=r"U\+0007"):
        render(document)
    document, root = opened("<a>text<b/></a>")
    insert(root, node("c"))
    with pytest.raises(XmlError, match="text beside"):
        render(document)
    document, root = opened('<m:a xmlns:m="x"/>')
    insert(root, node("c"))
    with pytest.raises(XmlError, match="prefix"):
        render(document)


def test_a_new_file_has_the_vendors_layout() -> None:
    assert new_file("Role", [node("name", "Sales & co"), node("mayForecastManagerShare", "false")]).decode() == (
        HEAD + '<Role xmlns="http://soap.sforce.com/2006/04/metadata">\n    <name>Sales &amp; co</name>\n'
        "    <mayForecastManagerShare>false</mayForecastManagerShare>\n</Role>\n"
    )


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(["\n", "\r\n", ""]), st.sampled_from(["  ", "\t", "    "]))
def test_any_edit_of_any_document_touches_only_what_it_must(seed: int, newline: str, unit: str) -> None:
    rng = random.Random(seed)
    root = node("root", [subtree(rng) for _ in range(rng.randint(0, 5))])
    data = layout(root, "", newline, unit).encode()
    if rng.random() < 0.3:
        data = data.replace(b"><", b"><!-- note --><", 1)
    for _ in range(4):
        _, data = one_edit(data, rng)


@pytest.mark.parametrize("name", ["northstar", "northstar-mdapi", "ust-easy", "nav-arbeidsgiver", "ebikes"])
def test_random_edits_of_real_files(name: str) -> None:
    files = documents(name)
    assert all(render(parse(data)) == data for data in files)
    done = edit_files([data for data in files if len(data) < 20_000], 300, seed=11)
    assert min(done[action] for action in ("text", "insert", "delete", "move", "replace")) > 20
