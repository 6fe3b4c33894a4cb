"""What an audit rule looks at: the configuration, what the records source holds, and the answers so far."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from crmgov.audit.ages import Age
from crmgov.audit.code import CodeUse
from crmgov.audit.earlier import EarlierField
from crmgov.audit.quality.spelling import Spellings
from crmgov.audit.settings import Settings
from crmgov.check.governance.made import Made, is_leaving, kept_fields
from crmgov.check.governance.scene import Scene
from crmgov.check.tree import parts
from crmgov.model.address import address
from crmgov.model.figures import Answer, Answers, Figure, Holding

Ask = tuple[str, Figure]
"""An object and one figure about its records."""


class AuditScene:
    """One configuration beside the records of one environment.

    ``holdings`` says what the source of records holds, by object; ``ages`` how long each resource has existed, as far
    as that is known; ``code`` which fields program text names; ``earlier`` what the last stored audit said of each
    field; ``pointed`` is all the source holds, also of objects that are not judged, for what records point at;
    ``unmanaged`` says by field what uses it in the CRM and is not in the configuration;
    ``not_looked_at`` names the places in which uses were not sought; ``show_values`` says that reports may tell values
    of records.
    """

    def __init__(
        self,
        config: Scene,
        holdings: Mapping[str, Holding],
        *,
        settings: Settings | None = None,
        ages: Mapping[str, Age] | None = None,
        code: Mapping[str, CodeUse] | None = None,
        earlier: Mapping[str, EarlierField] | None = None,
        not_looked_at: tuple[str, ...] = (),
        show_values: bool = False,
        pointed: Mapping[str, Holding] | None = None,
        unmanaged: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self.config = config
        self.holdings = holdings
        self.settings = settings or Settings()
        self.ages = {} if ages is None else ages
        self.code = {} if code is None else code
        self.earlier = {} if earlier is None else earlier
        self.not_looked_at = not_looked_at
        self.show_values = show_values
        self.pointed = holdings if pointed is None else pointed
        self.unmanaged = {} if unmanaged is None else unmanaged
        self.answers = Answers()
        self.spellings: dict[str, Spellings] = {}
        """By list of values, what its spellings mean, as rules work it out; it takes long for a long list."""
        self.chosen: frozenset[str] | None = None

    @property
    def narrowed(self) -> bool:
        """Whether only a part was asked for."""
        return self.chosen is not None

    def narrow(self, chosen: frozenset[str]) -> None:
        """Judge these fields only, by address. To be said before the first question is asked."""
        self.chosen = chosen
        self.__dict__.pop("fields", None)
        self.__dict__.pop("judged", None)

    @property
    def today(self) -> date:
        """The day of the audit."""
        return self.config.today

    def answer(self, parent: str, figure: Figure) -> Answer:
        """What is known of a figure by now."""
        return self.answers[parent, figure]

    def count(self, parent: str, figure: Figure) -> int | None:
        """The count behind a figure; None where it is not known."""
        return self.answers[parent, figure].evidence.count

    def records(self, parent: str) -> int | None:
        """How many records an object has; None where that is not known."""
        return self.count(parent, RECORDS)

    @cached_property
    def fields(self) -> list[Made]:
        """The fields whose values are looked at: those judged, but for what says itself that it is no longer used."""
        return [made for made in self.judged if not is_leaving(made[2], made[3])]

    @cached_property
    def judged(self) -> list[Made]:
        """The fields judged: made by somebody and not yet on their way out, on objects whose records people keep."""
        every = kept_fields(self.config.tree, self.config.own("Field"))
        held = [made for made in every if made[1] in self.holdings]
        return held if self.chosen is None else [made for made in held if made[0] in self.chosen]

    def holds(self, parent: str, field: str) -> bool:
        """Whether the source has a column for a field."""
        return parent in self.holdings and field in self.holdings[parent].kinds

    def record_types(self, parent: str) -> list[str]:
        """The names of an object's record types, as configured."""
        return self._record_types.get(parent, [])

    def called(self, parent: str) -> dict[str, str]:
        """By what a record may say of its type, name or label in small letters: the type's name."""
        found: dict[str, str] = {}
        for name in self.record_types(parent):
            label = self.config.tree.body(address("RecordType", name, parent)).get("label")
            found |= {word.casefold(): name for word in (label, name) if isinstance(word, str)}
        return found

    @cached_property
    def _record_types(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for one in self.config.tree.of_kind("RecordType"):
            _, parent, name = parts(one)
            found.setdefault(parent or "", []).append(name)
        return found

    def field(self, parent: str, name: str) -> str:
        """The address of a field."""
        return address("Field", name, parent)


RECORDS = Figure(metric="records")
