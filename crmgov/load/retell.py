"""What libyaml says of a file it cannot read, told again in plain words, at the place a person would look."""

from yaml.error import MarkedYAMLError, YAMLError

from crmgov.model.diagnostics import Diagnostic, Place, of


def retold(file: str, data: bytes, error: YAMLError) -> Diagnostic:
    """The diagnostic for a file that libyaml gave up on."""
    if isinstance(error, MarkedYAMLError) and error.problem_mark is not None:
        mark = error.problem_mark
        at = Place(file, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
        return of("YAML001", f"{error.problem}", at=at)
    return of("YAML001", str(error), at=Place(file))
