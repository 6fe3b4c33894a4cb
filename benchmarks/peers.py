"""Other tools doing comparable work, where they are installed; each is named by a variable or found on the path."""

import os
import shutil
from pathlib import Path

from benchmarks.timing import Figure, timed

_CONFIG = """\
providers:
  config:
    class: octodns.provider.yaml.YamlProvider
    directory: {folder}/source
    enforce_order: false
  target:
    class: octodns.provider.yaml.YamlProvider
    directory: {folder}/target
    enforce_order: false
zones:
  example.com.:
    sources: [config]
    targets: [target]
"""


def octodns(folder: Path, records: int) -> Figure | None:
    """``octodns-sync`` planning as many records as there are fields, of which a hundred are new; None without it."""
    program = os.environ.get("OCTODNS_SYNC") or shutil.which("octodns-sync")
    if not program:
        return None
    for name, count in (("source", records), ("target", records - 100)):
        (folder / name).mkdir(parents=True)
        lines = [
            f"record{n:06}:\n  type: A\n  value: 10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}\n" for n in range(count)
        ]
        (folder / name / "example.com.yaml").write_text("".join(lines), encoding="utf-8")
    config = folder / "config.yaml"
    config.write_text(_CONFIG.format(folder=folder), encoding="utf-8")
    return timed([program, "--config-file", str(config), "--quiet"], runs=1, warm=False)


def sf(project: Path, out: Path) -> Figure | None:
    """``sf project convert source`` of a project; None without it."""
    program = os.environ.get("SF") or shutil.which("sf")
    if not program:
        return None
    command = [program, "project", "convert", "source", "--source-dir", "force-app", "--output-dir", str(out), "--json"]
    return timed(command, runs=3, cwd=project, before=lambda: shutil.rmtree(out, ignore_errors=True))
