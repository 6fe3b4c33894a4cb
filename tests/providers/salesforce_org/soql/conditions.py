"""Conditions, and what all of a query's parts are read with."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from ..errors import NotKnown, Refused
from .dates import FUNCTIONS
from .lexer import Token, malformed, tokens, unescaped
from .tree import Call, Condition, Every, Literal, Not, Path, Query, Some, Test

AGGREGATES = ("COUNT", "COUNT_DISTINCT", "MIN", "MAX", "SUM", "AVG")
#: Characters of one text in a condition.
LONGEST_TEXT = 4_000
#: Words that cannot name a field or be an alias.
RESERVED = frozenset(
    [
        "AND",
        "ASC",
        "DESC",
        "EXCLUDES",
        "FIRST",
        "FROM",
        "GROUP",
        "HAVING",
        "IN",
        "INCLUDES",
        "LAST",
        "LIKE",
        "LIMIT",
        "NOT",
        "NULL",
        "NULLS",
        "OR",
        "SELECT",
        "USING",
        "WHERE",
        "WITH",
    ]
)


class Conditions:
    """Words one after another, and the grammar of WHERE and HAVING."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = tokens(text)
        self.position = 0

    def peek(self) -> Token:
        """The word that comes."""
        return self.words[self.position]

    def next(self) -> Token:
        """The word that comes, taken."""
        token = self.words[self.position]
        self.position = min(self.position + 1, len(self.words) - 1)
        return token

    def unexpected(self, token: Token) -> Refused:
        """The vendor's sentence about a word in the wrong place."""
        return malformed(self.text, token.at, f"unexpected token: '{token.text}'")

    def take(self, sign: str) -> bool:
        """Take a sign if it comes."""
        if self.peek().kind == "sign" and self.peek().text == sign:
            self.next()
            return True
        return False

    def take_word(self, word: str) -> bool:
        """Take a word of the language if it comes."""
        if self.peek().kind == "name" and self.peek().text.upper() == word:
            self.next()
            return True
        return False

    def word(self, *allowed: str) -> Token:
        """One of these words must come."""
        token = self.next()
        if token.kind != "name" or token.text.upper() not in allowed:
            raise self.unexpected(token)
        return token

    def sign(self, sign: str) -> None:
        """This sign must come."""
        token = self.next()
        if token.text != sign:
            raise self.unexpected(token)

    def name(self, _what: str) -> Token:
        """A name that is no word of the language must come."""
        token = self.next()
        if token.kind != "name" or token.text.upper() in RESERVED:
            raise self.unexpected(token)
        return token

    def path(self) -> Path:
        """A field, perhaps of a parent."""
        token = self.name("a field")
        return Path(tuple(part.strip() for part in token.text.split(".")), token.at)

    def path_or_call(self, select: bool = False) -> Path | Call:
        """A field, or an aggregate of one."""
        token = self.peek()
        path = self.path()
        if not self.take("("):
            return path
        function = token.text.upper()
        if function in FUNCTIONS:
            argument = self.path()
            if self.peek().text == "(":
                raise NotKnown(f"the function {argument}")
            self.sign(")")
            return Path(argument.parts, argument.at, function)
        if function not in AGGREGATES:
            raise NotKnown(f"the function {function}")
        if self.take(")"):
            if function != "COUNT" or not select:
                raise self.unexpected(self.words[self.position - 1])
            return Call(function, None, token.at)
        argument = self.path()
        self.sign(")")
        return Call(function, argument, token.at)

    def condition(self) -> Condition:
        """Comparisons joined by AND or by OR; to mix the two takes parentheses."""
        parts = [self.denied()]
        joined = ""
        while self.peek().kind == "name" and self.peek().text.upper() in ("AND", "OR"):
            token = self.next()
            if joined and token.text.upper() != joined:
                raise self.unexpected(token)
            joined = token.text.upper()
            parts.append(self.denied())
        if len(parts) == 1:
            return parts[0]
        return Every(tuple(parts)) if joined == "AND" else Some(tuple(parts))

    def denied(self) -> Condition:
        """A comparison, perhaps denied, or a condition in parentheses."""
        if self.take_word("NOT"):
            return Not(self.denied())
        if self.take("("):
            inner = self.condition()
            self.sign(")")
            return inner
        return self.test()

    def test(self) -> Test:
        """One comparison."""
        what = self.path_or_call()
        token = self.next()
        operator = "!=" if token.text == "<>" else token.text.upper()
        if operator in ("=", "!=", "<", "<=", ">", ">=", "LIKE"):
            return Test(what, operator, self.literal(), token.at)
        if operator == "NOT":
            self.word("IN")
            operator = "NOT IN"
        if operator in ("IN", "NOT IN"):
            self.sign("(")
            if self.peek().text.upper() == "SELECT":
                inner = self.query()
                self.sign(")")
                return Test(what, operator, inner, token.at)
            return Test(what, operator, self.literals(), token.at)
        if operator in ("INCLUDES", "EXCLUDES"):
            self.sign("(")
            return Test(what, operator, self.literals(), token.at)
        raise self.unexpected(token)

    def query(self) -> Query:
        """A query inside; the parser knows how."""
        raise NotImplementedError

    def literals(self) -> tuple[Literal, ...]:
        """The values of a list, its opening parenthesis taken."""
        found = [self.literal()]
        while self.take(","):
            found.append(self.literal())
        self.sign(")")
        return tuple(found)

    def literal(self) -> Literal:
        """One value."""
        token = self.next()
        if token.kind == "string":
            value, pattern = unescaped(self.text, token)
            if len(value) > LONGEST_TEXT:
                raise malformed(
                    self.text, token.at, f"a text in WHERE may not have more than {LONGEST_TEXT} characters"
                )
            return Literal("string", value, token.at, pattern)
        if token.kind == "number":
            return Literal("number", Decimal(token.text), token.at)
        if token.kind in ("date", "datetime"):
            return self.moment(token)
        if token.kind == "time":
            raise NotKnown("a time of day as a value in a query")
        if token.kind != "name":
            raise self.unexpected(token)
        word = token.text.upper()
        if word == "NULL":
            return Literal("null", None, token.at)
        if word in ("TRUE", "FALSE"):
            return Literal("boolean", word == "TRUE", token.at)
        if self.take(":"):
            number = self.next()
            if number.kind != "number" or not number.text.isdigit():
                raise self.unexpected(number)
            return Literal("relative", word, token.at, number=int(number.text))
        return Literal("relative", word, token.at)

    def moment(self, token: Token) -> Literal:
        """A day, or a moment in UTC."""
        try:
            if token.kind == "date":
                return Literal("date", date.fromisoformat(token.text), token.at)
            return Literal(
                "datetime", datetime.fromisoformat(token.text.replace("Z", "+00:00")).astimezone(UTC), token.at
            )
        except ValueError:
            raise malformed(self.text, token.at, f"Invalid date: {token.text}") from None
