"""Addresses with ``*`` for any text. Nothing else has a meaning: addresses hold brackets and quotes of their own."""


class Stars:
    """One such pattern. It names a resource with all its elements, or single elements where it says ``#``."""

    def __init__(self, pattern: str) -> None:
        self._first, *self._rest = pattern.split("*")
        self._elements = "#" in pattern

    def names(self, address: str) -> bool:
        """Whether an address is meant; each piece is looked for once, so it takes no longer than the address."""
        return self._fits(address) or (not self._elements and self._fits(address.partition("#")[0]))

    def _fits(self, text: str) -> bool:
        if not self._rest:
            return text == self._first
        if not text.startswith(self._first):
            return False
        at = len(self._first)
        *between, last = self._rest
        for piece in between:
            found = text.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece)
        return len(text) - len(last) >= at and text.endswith(last)
