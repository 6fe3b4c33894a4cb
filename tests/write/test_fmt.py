"""``crmgov fmt``: one layout, the same values, all comments, and nothing to do the second time."""

from collections import Counter
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from crmgov.load.events import parse
from crmgov.model.normal import canonical_body
from crmgov.write.comments import comments
from crmgov.write.emit import document
from crmgov.write.fmt import Unformatted, _meaning, format_text
from crmgov.write.marked import marked
from crmgov.write.revise import values
from tests.write.strategies import BODIES

UNTIDY = """\
# licence

# about the field
name: Tier__c
kind:   Field   # the kind


object: Lead
native: {salesforce: {b: 1,a: [1,2 ,3]}}
type: picklist
description: >-
    some folded
    text
formula: |
        a
          b
values:       # order matters
# hot first
- Hot
-   name: Warm  # w
    # inner
    default: true
    label: 'Warm one'
    # tail of warm
- {name: Cold,
   label: "It's cold"}
# about the label
label: "Tier
  of sth"
# the end
---
kind: Role
name: R
tags:
    - z
    # about a
    - a  # A
    # last
"""
TIDY = """\
# licence

# about the field
kind: Field  # the kind
name: Tier__c

object: Lead
# about the label
label: Tier of sth
description: >-
  some folded
  text
type: picklist
values:  # order matters
  # hot first
  - Hot
  - name: Warm  # w
    label: 'Warm one'
    # inner
    default: true
    # tail of warm
  - {name: Cold, label: "It's cold"}
formula: |
  a
    b
native: {salesforce: {b: 1, a: [1, 2, 3]}}
# the end
---
kind: Role
name: R
tags:
  # about a
  - a  # A
  - z
  # last
"""


def test_one_layout_with_all_comments() -> None:
    assert format_text(UNTIDY) == TIDY
    assert format_text(TIDY) == TIDY


def test_windows_line_ends_stay() -> None:
    assert format_text(UNTIDY.replace("\n", "\r\n")) == TIDY.replace("\n", "\r\n")


def test_where_names_stand_for_equal_sets_the_order_stays() -> None:
    text = "kind: PermissionSet\nname: A\nobjects:\n    B: &r {read: true}\n    A: *r\n"
    assert format_text(text) == text.replace("    ", "  ")


def test_what_has_an_order_keeps_it() -> None:
    text = "kind: Picklist\nname: A\nvalues:\n- b\n- a\nrenamed_from: [z, y]\n"
    assert values(format_text(text))[0]["values"] == ["b", "a"]
    assert values(format_text(text))[0]["renamed_from"] == ["z", "y"]


@pytest.mark.parametrize("text", ["a: [", "kind: Role\n\tname: x\n", "a: *b\n", "{" * 300])
def test_a_file_with_a_mistake_is_left(text: str) -> None:
    with pytest.raises(Unformatted):
        format_text(text)


@pytest.mark.parametrize("text", ["", "# only a comment\n", "just text\n", "- a\n- b\n", "kind: Unknown\nb: 1\na: 2\n", "{a: 1}\n", "---\nkind: Role\nname: a\n...\n"])  # fmt: skip
def test_what_is_no_resource_keeps_its_values(text: str) -> None:
    once = format_text(text)
    assert format_text(once) == once
    assert values(once) == values(text)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BODIES, st.sampled_from([{"indent": 6, "width": 30}, {"default_flow_style": None}, {}]), st.data())
def test_values_and_comments_stay_whatever_the_layout(
    case: tuple[str, dict[str, Any]], style: dict[str, Any], data: st.DataObject
) -> None:
    body = {"kind": case[0], "name": "X", **canonical_body(case[0], case[1])}
    text = yaml.safe_dump(body, sort_keys=False, allow_unicode=True, **style)
    assume(parse("", text.encode()).problems == [])
    lines = text.split("\n")
    for place in data.draw(st.lists(st.integers(0, len(lines)), max_size=4)):
        indent = " " * data.draw(st.integers(0, 6))
        lines.insert(place, f"{indent}# note {place}")
    noted = "\n".join(lines)
    try:
        assume(parse("", noted.encode()).problems == [] and values(noted) == values(text))
        once = format_text(noted)
    except (Unformatted, ValueError):
        assume(False)
    assert format_text(once) == once
    assert [_meaning(value) for value in values(once)] == [_meaning(value) for value in values(noted)]
    assert Counter(comments(marked(once))) == Counter(comments(marked(noted)))


@settings(max_examples=100, deadline=None)
@given(BODIES)
def test_what_pull_writes_is_tidy(case: tuple[str, dict[str, Any]]) -> None:
    written = document(case[0], "X", None, canonical_body(case[0], case[1]))
    assume(parse("", written.encode()).problems == [])
    assert format_text(written) == written
