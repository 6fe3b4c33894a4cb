from crmgov.providers.salesforce.splice import render
from crmgov.providers.salesforce.writing.merge import Merge, Tree
from crmgov.providers.salesforce.xmltree import parse

KEYS = {("v",): "n", ("t",): "", ("c",): None, ("p", "v"): "n", ("k",): "a+b"}


def row(name: str, **more: str) -> tuple[str, Tree]:
    return "v", [("n", name), *more.items()]


def merged(text: str, before: Tree, after: Tree, *, renaming: bool = False) -> str:
    document = parse(text.encode())
    Merge(KEYS, renaming=renaming).into(document.root, before, after)
    return render(document).decode()


def rows(*names: str) -> str:
    return "<r>\n" + "".join(f"  <v>\n    <n>{name}</n>\n    <x>kept</x>\n  </v>\n" for name in names) + "</r>\n"


def test_only_what_differs_is_touched() -> None:
    text = "<r>\n  <a>1</a>\n  <b>live</b>\n  <other/>\n</r>\n"
    assert merged(text, [("a", "1"), ("b", "0")], [("a", "2"), ("b", "0")]) == text.replace(">1<", ">2<")
    assert merged(text, [("a", "1")], []) == text.replace("  <a>1</a>\n", "")
    assert merged(text, [], [("b", "new"), ("c", "x")]) == text.replace(">live</b>", ">new</b>\n  <c>x</c>")
    assert merged(text, [("zzz", "1")], []) == text


def test_rows_are_matched_by_key_and_keep_what_the_model_does_not_hold() -> None:
    text = rows("A", "B", "C")
    assert merged(text, [row("A"), row("B"), row("C")], [row("A"), row("C")]) == rows("A", "C")
    changed = merged(text, [row("B", d="1")], [row("B", d="2")])
    assert changed == text.replace("    <n>B</n>\n", "    <d>2</d>\n    <n>B</n>\n")


def test_added_rows_stand_behind_their_predecessor() -> None:
    text = rows("A", "C")
    result = merged(text, [row("A"), row("C")], [row("0"), row("A"), row("B"), row("C"), row("D"), row("E")])
    assert [item.value("n") for item in parse(result.encode()).root.children] == list("0ABCDE")
    assert merged(result, [], [row("B")]) == result


def test_rows_change_order_only_where_it_was_asked() -> None:
    text = rows("C", "A", "B")
    same = [row("A"), row("B"), row("C")]
    assert merged(text, same, same) == text
    assert merged(text, same, [row("A"), row("B"), row("C"), row("D")]) == rows("C", "D", "A", "B").replace(
        "<n>D</n>\n    <x>kept</x>", "<n>D</n>"
    )
    assert merged(rows("A", "B", "C"), same, [row("C"), row("A"), row("B")]) == rows("C", "A", "B")


def test_a_renamed_row_keeps_its_place_and_content() -> None:
    text = rows("A", "B", "C")
    result = merged(text, [row("A"), row("B"), row("C")], [row("A"), row("C"), row("Z")], renaming=True)
    assert result == rows("A", "Z", "C")
    assert merged(result, [row("A"), row("B"), row("C")], [row("A"), row("C"), row("Z")], renaming=True) == result


def test_texts_places_and_parts() -> None:
    items = "  <i>\n    <f>1</f>\n  </i>\n  <i>\n    <f>2</f>\n  </i>\n"
    text = f"<r>\n{items}  <p>\n    <q>1</q>\n    <w/>\n  </p>\n  <t>x</t>\n</r>\n"
    before: Tree = [("i", [("f", "1")]), ("i", [("f", "2")]), ("p", [("q", "1")]), ("t", "x")]
    after: Tree = [("i", [("f", "1")]), ("i", [("f", "3")]), ("i", [("f", "4")]), ("t", "w"), ("t", "x")]
    expected = text.replace("<f>2</f>\n  </i>", "<f>3</f>\n  </i>\n  <i>\n    <f>4</f>\n  </i>")
    expected = expected.replace("    <q>1</q>\n", "").replace("  <t>x</t>", "  <t>w</t>\n  <t>x</t>")
    assert merged(text, before, after) == expected
    assert merged(expected, after, before) == text


def test_rows_with_several_keys() -> None:
    text = "<r>\n  <k>\n    <a>1</a>\n  </k>\n  <k>\n    <a>1</a>\n    <b>x</b>\n  </k>\n</r>\n"
    one: Tree = [("k", [("a", "1")])]
    both: Tree = [*one, ("k", [("a", "1"), ("b", "x")])]
    assert merged(text, both, one) == "<r>\n  <k>\n    <a>1</a>\n  </k>\n</r>\n"
    assert merged(text, both, [*one, ("k", [("a", "1"), ("b", "y")])], renaming=True) == text.replace(">x<", ">y<")


def test_a_row_without_a_name_goes_from_the_middle() -> None:
    def items(*texts: str) -> str:
        return (
            "<r>\n"
            + "".join(f"  <i>\n    <f>{text}</f>\n    <!-- of {text} -->\n  </i>\n" for text in texts)
            + "</r>\n"
        )

    def tree(*texts: str) -> Tree:
        return [("i", [("f", text)]) for text in texts]

    assert merged(items("1", "2", "3"), tree("1", "2", "3"), tree("1", "3")) == items("1", "3")
    result = merged(items("1", "3"), tree("1", "3"), tree("0", "1", "2", "3", "4"))
    assert [item.value("f") for item in parse(result.encode()).root.children] == list("01234")
