"""What an audit rule looks at: the configuration, what the records source holds, and the answers so far."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from crmgov.audit.settings import Settings
from crmgov.check.governance.made import Made
from crmgov.check.governance.scene import Scene
from crmgov.model.address import address
from crmgov.model.figures import Answer, Answers, Figure, Holding

Ask = tuple[str, Figure]
"""An object and one figure about its records."""


class AuditScene:
    """One configuration beside the records of one environment.

    ``holdings`` says what the source of records holds, by object; ``ages`` how many days each resource has existed, as
    far as that is known; ``pointed`` is all the source holds, also of objects that are not judged, for what records
    point at; ``looked_at`` and ``not_looked_at`` name the places in which uses were sought.
    """

    def __init__(
        self,
        config: Scene,
        holdings: Mapping[str, Holding],
        *,
        settings: Settings | None = None,
        ages: Mapping[str, int] | None = None,
        not_looked_at: tuple[str, ...] = (),
        pointed: Mapping[str, Holding] | None = None,
    ) -> None:
        self.config = config
        self.holdings = holdings
        self.settings = settings or Settings()
        self.ages = {} if ages is None else ages
        self.not_looked_at = not_looked_at
        self.pointed = holdings if pointed is None else pointed
        self.answers = Answers()

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
        """The fields judged: made by somebody and in use, on objects whose records people keep."""
        return [made for made in self.config.made if made[1] in self.holdings]

    def holds(self, parent: str, field: str) -> bool:
        """Whether the source has a column for a field."""
        return parent in self.holdings and field in self.holdings[parent].kinds

    def field(self, parent: str, name: str) -> str:
        """The address of a field."""
        return address("Field", name, parent)


RECORDS = Figure(metric="records")
