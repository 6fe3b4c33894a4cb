"""Near matches: what somebody probably meant."""

from collections.abc import Iterable


def folded(word: str) -> str:
    """A word without case, spaces, hyphens and underscores: ``externalId`` and ``external_id`` are one."""
    return "".join(character for character in word.casefold() if character not in " -_")


def near(word: str, choices: Iterable[str]) -> list[str]:
    """The choices nearest to a word, all at the same distance; empty where none is near.

    Near means: equal but for case and separators, or at most one edit (swapped neighbours count as one) for every
    three characters, two at the least for words of five characters or more.
    """
    from rapidfuzz.distance import OSA

    mine = folded(word)
    allowed = max(len(mine) // 3, 2 if len(mine) > 4 else 1)
    best: list[str] = []
    for choice in choices:
        distance = OSA.distance(mine, folded(choice), score_cutoff=allowed)
        if distance > allowed or (distance >= len(mine) and mine):
            continue
        if distance < allowed:
            allowed, best = distance, [choice]
        else:
            best.append(choice)
    return best
