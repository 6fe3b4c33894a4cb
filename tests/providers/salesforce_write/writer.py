"""The writing half of the provider, for one project."""

from pathlib import Path

from crmgov.providers.salesforce.write import Writes


class Writer(Writes):
    """Only what writing needs."""

    def __init__(self, project: Path, *, include_ignored: bool) -> None:
        self.project = project
        self.root = None
        self.include_ignored = include_ignored
        self.api_version = None


def writer_of(project: Path, *, include_ignored: bool = True) -> Writer:
    """A writer of a project."""
    return Writer(project.resolve(), include_ignored=include_ignored)
