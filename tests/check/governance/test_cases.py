"""Every governance rule finds what it is there for, and leaves what is right alone."""

import importlib
import pkgutil

import pytest

import tests.check.governance as package
from crmgov.check.governance.run import AREAS
from crmgov.model.diagnostics import CATALOGUE
from tests.check.governance.case import Case, found

CODES = sorted({code for area in AREAS for code in area.COVERS})


def _cases() -> list[Case]:
    """The ``CASES`` of all modules beside this one."""
    names = [info.name for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    modules = [importlib.import_module(name) for name in names if name != __name__]
    return [case for module in modules for case in getattr(module, "CASES", ())]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: f"{case.code}-{case.address}")
def test_a_case(case: Case) -> None:
    assert case.address in [one.address for one in found(case.failing) if one.code == case.code]
    assert [one.message for one in found(case.passing) if one.code == case.code] == []


def test_every_code_has_a_case_and_its_words() -> None:
    assert set(CODES) == {case.code for case in _cases()}
    for code in CODES:
        info = CATALOGUE[code]
        assert info.summary, code
        assert info.why.endswith("."), code
        assert info.mend.endswith("."), code
