"""Workflows, actions and pipelines for a governed repository, shipped as files that ``init --ci`` writes."""

from pathlib import Path

from crmgov import __version__

HOSTS = {"github": ".github", "gitlab": ".gitlab"}
"""Each host, and the folder its files go to."""

_REQUIREMENTS = """\
# What the jobs install. Add an extra where a connection needs it: crmgov[postgresql], crmgov[records].
crmgov=={version}
"""


def files(host: str) -> dict[str, bytes]:
    """The files for one of ``HOSTS``, by path relative to the root of the repository."""
    base = Path(__file__).parent / host
    shipped = sorted(path for path in base.rglob("*.yml") if path.is_file())
    found = {f"{HOSTS[host]}/{path.relative_to(base).as_posix()}": path.read_bytes() for path in shipped}
    place = "actions/crmgov/" if host == "github" else ""
    found[f"{HOSTS[host]}/{place}{'' if place else 'crmgov-'}requirements.txt"] = _REQUIREMENTS.format(
        version=__version__
    ).encode()
    return found
