"""What can be mended safely is mended in the file, once."""

import sys
from pathlib import Path

from tests.running import run

GOVERNANCE = """\
kind: Governance
name: Us
crm_owner: Ana Ribeiro  # since 2024
"""
ROLES = """\
kind: Role
name: Rep
owner: ana ribeiro  # answers for it
---
kind: Role
name: Lead
owner: Ana  Ribeiro
"""


def test_another_spelling_of_an_owner_is_mended(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.mkdir()
    (config / "governance.yaml").write_text(GOVERNANCE, encoding="utf-8")
    (config / "roles.yaml").write_text(ROLES, encoding="utf-8")
    words = [sys.executable, "-m", "crmgov", "-C", str(tmp_path), "validate", "--fix"]
    assert "OWNER004" not in run(words).stdout
    once = (config / "roles.yaml").read_text(encoding="utf-8")
    assert once == ROLES.replace("ana ribeiro", "Ana Ribeiro").replace("Ana  Ribeiro", "Ana Ribeiro")
    run(words)
    assert (config / "roles.yaml").read_text(encoding="utf-8") == once
