"""A value that a case never gets is left out of it, once, and nothing else is touched."""

import sys
from pathlib import Path

from tests.running import run

ROUTE = """\
kind: Automation
name: Route
object: Lead
active: true
trigger: {on: created}
actions:
  - name: Give an owner
    type: route
    cases:
      # the north first
      - {name: North, when: {field: Region, op: equals, value: North}, to: {team: Pool}}
      - {name: South, when: {field: Region, op: in, value: [South, North]}, to: {team: Pool}}  # and the rest
      - {name: Never, when: {field: Region, op: equals, value: South}, to: {team: Pool}}
    otherwise: {team: Pool}
"""


def test_the_value_is_left_out_and_the_dead_case_is_for_a_person(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.mkdir()
    (config / "route.yaml").write_text(ROUTE, encoding="utf-8")
    words = [sys.executable, "-m", "crmgov", "-C", str(tmp_path), "validate", "--fix", "--format", "concise"]
    left = [line for line in run(words).stdout.splitlines() if " warning ROUTING003" in line]
    assert len(left) == 1
    assert 'before case "Never"' in left[0]
    once = (config / "route.yaml").read_text(encoding="utf-8")
    assert once == ROUTE.replace("[South, North]", "[South]")
    run(words)
    assert (config / "route.yaml").read_text(encoding="utf-8") == once
