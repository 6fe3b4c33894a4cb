"""The client inside the vendor's own command line, where it is installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from . import Field, serving
from .world import acme

HERE = Path(__file__).parent


def test_the_vendors_own_client_understands_the_org() -> None:
    modules, node = os.environ.get("CRMGOV_JSFORCE", ""), shutil.which("node")
    if node is None or not (Path(modules) / "@jsforce" / "jsforce-node").is_dir() or not modules:
        pytest.skip("CRMGOV_JSFORCE names no node_modules folder with @jsforce/jsforce-node, or there is no node")
    org, user = acme()
    org.object("Row__c", [Field("N__c", "int")], [{"N__c": number} for number in range(4_500)])
    with serving(org) as url:
        command = [node, str(HERE / "jsforce_conversation.js"), modules, url, org.token(user)]
        environment = {**os.environ, "SF_DISABLE_TELEMETRY": "true"}
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    heard = json.loads(done.stdout)
    assert heard["counted"] == 2
    assert heard["parents"] == [["Birch", "Beta"]]
    assert heard["grouped"] == [[None, 1], ["South", 1], ["North", 2]]
    assert heard["rows"] == list(range(4_500))
    assert heard["types"]["AccountId"] == "reference"
    assert {"Lead", "EntityDefinition"} <= set(heard["objects"])
    assert heard["identity"] == org.id
    assert heard["limits"] == 15_000
    assert heard["usage"]["limit"] == 15_000
    assert heard["refused"][0] == "INVALID_FIELD"
    assert [row["LastName"] for row in heard["bulk"]] == ["Ash", "Birch", "Cedar", "Dogwood"]
    assert heard["bulkRefused"] == "API_ERROR"
