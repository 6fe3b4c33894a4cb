"""A process that applies the plan in a folder, once another one is ready to do the same.

The winner holds the lock until the other one was told so.
"""

import sys
import time
from pathlib import Path

import msgspec

from crmgov.apply.start import apply_plan
from crmgov.model.plans import Plan
from tests.apply.crm import FileCrm
from tests.apply.world import session_of, sqlite


def main(folder: Path, number: str) -> None:
    other = "2" if number == "1" else "1"
    plan = msgspec.json.decode((folder / "plan.json").read_bytes(), type=Plan)
    ledger = sqlite(folder)

    def hold(point: str) -> None:
        if point == "locked":
            _until(folder / f"told-{other}")

    (folder / f"ready-{number}").touch()
    _until(folder / f"ready-{other}")
    session = session_of(FileCrm(folder / "crm.json"), ledger, run=f"racer-{number}", crash=hold)
    result = apply_plan(plan, session, commit="c1", author="ana")
    (folder / f"told-{number}").touch()
    ledger.close()
    print(f"{result.status}{': ' if result.holder else ''}{result.diagnostics[0].message if result.holder else ''}")


def _until(file: Path) -> None:
    while not file.exists():
        time.sleep(0.01)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
