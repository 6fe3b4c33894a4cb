"""The documents that are written from the code, and ``python -m crmgov.cli.documents`` to write them to ``docs/``."""

import sys
from pathlib import Path

from crmgov.cli.explain import declare_all
from crmgov.model.diagnostics import CATALOGUE


def documents() -> dict[str, str]:
    """The text of each document, by its path below the root of the repository."""
    from crmgov.report.rules_page import page

    declare_all()
    return {"docs/rules.md": page(CATALOGUE)}


def write(root: Path) -> list[Path]:
    """Write all documents; returns the files that changed."""
    changed = []
    for name, text in documents().items():
        path = root / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


if __name__ == "__main__":
    for written in write(Path(sys.argv[1] if len(sys.argv) > 1 else ".")):
        sys.stdout.write(f"{written}\n")
