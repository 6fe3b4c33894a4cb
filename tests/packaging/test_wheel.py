"""What is shipped works where the checkout is not."""

import sys
import zipfile
from pathlib import Path

import pytest

from tests.running import ROOT, run


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as a release is, unpacked into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = run(words)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_it_works_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    def crmgov(*words: str) -> str:
        done = run([sys.executable, "-m", "crmgov", *words], tmp_path, PYTHONPATH=str(wheel))
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = run([sys.executable, "-c", "import crmgov; print(crmgov.__file__)"], tmp_path, PYTHONPATH=str(wheel))
    assert where.stdout.startswith(str(wheel))
    crmgov("init", "--ci", "github")
    assert (tmp_path / ".github/workflows/crmgov-production.yml").is_file()
    assert "no findings" in crmgov("validate")
    crmgov("env", "init", "sandbox", "--kind", "sandbox")
    assert "2 to add" in crmgov("plan", "sandbox")


def test_schemas_demonstration_and_templates_are_shipped(wheel: Path) -> None:
    for path in (
        "crmgov/_data/schemas/Field.json",
        "crmgov/_data/schemas/plan.json",
        "crmgov/_data/demo/config/objects/Lead/object.yaml",
        "crmgov/_data/demo/environments/production.yaml",
        "crmgov/report/templates/plan.html",
        "crmgov/report/templates/audit.html",
        "crmgov/report/templates/audit.css",
        "crmgov/report/templates/audit.js",
        "crmgov/report/templates/page.css",
        "crmgov/_data/schemas/audit.json",
        "crmgov/cli/ci/github/workflows/crmgov-pull-request.yml",
        "crmgov/cli/ci/github/actions/reviewed/action.yml",
        "crmgov/cli/ci/gitlab/crmgov.yml",
        "crmgov/providers/salesforce/catalogue.txt",
    ):
        assert (wheel / path).is_file(), path
