"""Countries by their names and codes, so that spellings of one country are told from two countries."""

from collections.abc import Iterable
from functools import lru_cache

_ALSO = {
    "uk": "GB", "greatbritain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northernireland": "GB",
    "america": "US", "usofa": "US", "unitedstatesofamerica": "US", "holland": "NL", "thenetherlands": "NL",
    "uae": "AE", "deutschland": "DE", "osterreich": "AT", "schweiz": "CH", "suisse": "CH", "svizzera": "CH",
    "espana": "ES", "italia": "IT", "norge": "NO", "noreg": "NO", "sverige": "SE", "danmark": "DK", "suomi": "FI",
    "brasil": "BR", "belgie": "BE", "belgique": "BE", "belgien": "BE", "nederland": "NL", "polska": "PL",
    "frankreich": "FR", "korea": "KR", "southkorea": "KR", "russia": "RU", "vietnam": "VN", "eire": "IE",
    "czechrepublic": "CZ", "macedonia": "MK", "turkey": "TR", "swaziland": "SZ", "capeverde": "CV",
}  # fmt: skip
"""Names in use that the standard does not list, by what is left of them."""
_MOST = 60
"""Characters of the longest name looked up."""


@lru_cache(maxsize=20_000)
def country(text: str) -> str:
    """The two-letter code of the country a text names; empty where it names none."""
    import pycountry

    from crmgov.audit.quality.spelling import letters

    text = text.strip()
    if not text or len(text) > _MOST:
        return ""
    known = _ALSO.get(letters(text))
    if known is not None:
        return known
    for spelling in (text, text.replace(".", "")):
        try:
            return str(pycountry.countries.lookup(spelling).alpha_2)
        except LookupError:
            continue
    return ""


def name_of(code: str) -> str:
    """What people call a country."""
    import pycountry

    found = pycountry.countries.get(alpha_2=code)
    return code if found is None else str(getattr(found, "common_name", found.name))


def names_countries(values: Iterable[str]) -> bool:
    """Whether a list of values is one of countries: most of them are, and there are several."""
    values = list(values)
    most, missed = 0.3 * len(values), 0
    for value in values:
        missed += not (len(value) > 1 and country(value))
        if missed > most:  # a list that is none is known early: looking a name up takes long
            return False
    return len(values) - missed >= 4
