"""The text of a query to its tree."""

from __future__ import annotations

from ..errors import NotKnown
from .conditions import Conditions
from .lexer import malformed
from .tree import Call, Order, Path, Query, Selected

LONGEST = 100_000
_CLAUSES = ("WHERE", "WITH", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "FOR", "USING", "ALL", "UPDATE")


class Parser(Conditions):
    """Recursive descent over the words of one query."""

    def query(self) -> Query:
        """A query, here or inside another."""
        self.word("SELECT")
        select = [self.selected()]
        while self.take(","):
            select.append(self.selected())
        self.word("FROM")
        source = self.name("an object")
        following = self.peek()
        if following.kind == "name" and following.text.upper() not in _CLAUSES:
            raise NotKnown(f"an alias of an object in FROM: {following.text}")
        self.refuse_unknown_clause()
        where = self.condition() if self.take_word("WHERE") else None
        self.refuse_unknown_clause()
        group: list[Path | Call] = []
        having = None
        if self.take_word("GROUP"):
            self.word("BY")
            group.append(self.grouped())
            while self.take(","):
                group.append(self.grouped())
            having = self.condition() if self.take_word("HAVING") else None
        order = self.ordered()
        limit = self.whole() if self.take_word("LIMIT") else None
        offset = self.whole() if self.take_word("OFFSET") else None
        self.refuse_unknown_clause()
        return Query(
            self.text, tuple(select), source.text, source.at, where, tuple(group), having, tuple(order), limit, offset
        )

    def refuse_unknown_clause(self) -> None:
        """Clauses that exist, and that the counterpart was not taught."""
        token = self.peek()
        if token.kind == "name" and token.text.upper() in ("WITH", "FOR", "USING", "ALL", "UPDATE"):
            raise NotKnown(f"the clause {token.text.upper()} of a query")

    def selected(self) -> Selected:
        """One column."""
        token = self.peek()
        if token.text == "(":
            raise NotKnown("a query of children inside SELECT")
        if token.text.upper() == "TYPEOF":
            raise NotKnown("TYPEOF")
        what = self.path_or_call(select=True)
        following = self.peek()
        alias = ""
        if following.kind == "name" and following.text.upper() != "FROM":
            alias = self.next().text
        return Selected(what, alias)

    def grouped(self) -> Path | Call:
        """One key of GROUP BY."""
        if self.peek().text.upper() in ("ROLLUP", "CUBE"):
            raise NotKnown("GROUP BY ROLLUP and CUBE")
        return self.path_or_call()

    def ordered(self) -> list[Order]:
        """ORDER BY, if it is there."""
        if not self.take_word("ORDER"):
            return []
        self.word("BY")
        keys = [self.order_key()]
        while self.take(","):
            keys.append(self.order_key())
        return keys

    def order_key(self) -> Order:
        """One key of ORDER BY."""
        what = self.path_or_call()
        descending = False
        if self.take_word("DESC"):
            descending = True
        else:
            self.take_word("ASC")
        last = False
        if self.take_word("NULLS"):
            last = self.word("FIRST", "LAST").text.upper() == "LAST"
        return Order(what, descending, last)

    def whole(self) -> int:
        """A count that is not negative."""
        token = self.next()
        if token.kind != "number" or not token.text.isdigit():
            raise self.unexpected(token)
        return int(token.text)


def parse(text: str) -> Query:
    """The tree of a query. Refused as MALFORMED_QUERY if it is none."""
    if len(text) > LONGEST:
        raise malformed(text[:80], 0, f"SOQL statements cannot be longer than {LONGEST} characters.")
    parser = Parser(text)
    query = parser.query()
    if parser.peek().kind != "end":
        raise parser.unexpected(parser.peek())
    return query
