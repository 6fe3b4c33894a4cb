"""Kind Environment: a named target with its connection, identity and protection."""

from typing import Annotated as A
from typing import Literal

from msgspec import UNSET

from crmgov.model.kinds.base import Json, Opt, Part, Spec, doc

_VARIABLE = r"^\$\{[A-Za-z_][A-Za-z0-9_]*\}$"
"""A secret stands in an environment variable; only its name stands here."""


class Login(Part, frozen=True, kw_only=True):
    """How a vendor's organisation is entered: with a token, with a client and its secret, or with a client, a user's
    name and a private key.
    """

    token: A[Opt[str], doc("Token", "An access token, as ${NAME} of an environment variable.", secret=True, pattern=_VARIABLE)] = UNSET  # fmt: skip
    client: A[Opt[str], doc("Client", "The application's client id (consumer key); ${NAME} stands for an environment variable.")] = UNSET  # fmt: skip
    secret: A[Opt[str], doc("Secret", "The client's secret, as ${NAME}: the application runs as its own user.", secret=True, pattern=_VARIABLE)] = UNSET  # fmt: skip
    username: A[Opt[str], doc("Username", "With a key: the user the application signs in for.")] = UNSET
    key: A[Opt[str], doc("Key", "The application's private key, or the path of its file, as ${NAME}.", secret=True, pattern=_VARIABLE)] = UNSET  # fmt: skip
    audience: A[Opt[str], doc("Audience", "With a key: whom the sign-in is addressed to, where that is neither login nor test.")] = UNSET  # fmt: skip


class Connection(Part, frozen=True, kw_only=True):
    """How an environment is reached."""

    url: A[Opt[str], doc("URL", "For sql: sqlite:///PATH or postgresql://HOST/NAME; ${NAME} stands for an environment variable.", secret=True)] = UNSET  # fmt: skip
    project: A[Opt[str], doc("Project", "For Salesforce files: the project folder, Metadata API folder or zip.")] = UNSET  # fmt: skip
    include_ignored: A[Opt[bool], doc("Include ignored", "Whether files hidden by .forceignore are read too.")] = UNSET
    api_version: A[Opt[str], doc("API version", "The vendor's API version, such as 66.0.")] = UNSET
    schema: A[Opt[str], doc("Schema", "For PostgreSQL: the schema the tables are in.")] = UNSET
    org: A[Opt[str], doc("Organisation", "For Salesforce: the address of the organisation whose records are counted, https://NAME.my.salesforce.com.")] = UNSET  # fmt: skip
    login: A[Opt[Login], doc("Login", "How the organisation is entered. The user needs View All Data and read access to all fields; nothing is written.")] = UNSET  # fmt: skip
    copies: A[Opt[bool], doc("Copies", "Whether records may be copied here to be counted; copies are removed afterwards. Without them the organisation counts by itself, which tells less.")] = UNSET  # fmt: skip


class Expects(Part, frozen=True, kw_only=True):
    """The identity an environment must show before anything is applied."""

    provider: A[Opt[str], doc("Provider", "The provider.")] = UNSET
    instance: A[str, doc("Instance", "The instance id that show and plan print.")]
    kind: A[Opt[Literal["sandbox", "production"]], doc("Kind", "Whether it is a sandbox or production.")] = UNSET


class Approvals(Part, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Who must agree before a plan is applied."""

    count: A[int, doc("Count", "How many people.", minimum=1)]
    from_: A[Opt[list[str]], doc("From", "The people or groups whose approval counts.")] = UNSET
    not_author: A[Opt[bool], doc("Not author", "Whether authors of the changes are ruled out.")] = UNSET
    signers: A[Opt[str], doc("Signers", "The file of allowed signers.")] = UNSET
    hours: A[Opt[float], doc("Hours", "How long an approval holds.", minimum=0)] = UNSET


class Limits(Part, frozen=True, kw_only=True):
    """The most one plan may change."""

    changes: A[Opt[int], doc("Changes", "Steps in one plan.", minimum=0)] = UNSET
    removals: A[Opt[int], doc("Removals", "Removals in one plan.", minimum=0)] = UNSET
    removal_percent: A[Opt[float], doc("Removal percent", "Share of the governed resources removed.", minimum=0, maximum=100)] = UNSET  # fmt: skip


class Freeze(Part, frozen=True, kw_only=True, rename={"from_": "from"}):
    """A time in which nothing is applied."""

    name: A[str, doc("Name", "Why.")]
    from_: A[str, doc("From", "First moment, as 2026-12-20 or 2026-12-20T18:00Z.")]
    to: A[str, doc("To", "Last moment, the same way; a date means its end.")]


class Protection(Part, frozen=True, kw_only=True):
    """What stands between a plan and this environment."""

    approvals: A[Opt[Approvals], doc("Approvals", "Who must agree; naming them makes the environment protected.")] = UNSET  # fmt: skip
    limits: A[Opt[Limits], doc("Limits", "The most one plan may change.")] = UNSET
    freezes: A[Opt[list[Freeze]], doc("Freezes", "Times in which nothing is applied.")] = UNSET


class Overlay(Part, frozen=True, kw_only=True):
    """What is different here, at one address."""

    address: A[str, doc("Address", "The resource or element.")]
    set: A[Opt[dict[str, Json]], doc("Set", "Attributes with other values here, inner ones after a point.")] = UNSET
    unset: A[Opt[list[str]], doc("Unset", "Attributes not governed here.")] = UNSET
    exclude: A[Opt[bool], doc("Exclude", "Whether it does not exist here at all.")] = UNSET


class Exports(Part, frozen=True, kw_only=True):
    """Where values go before they are destroyed."""

    store: A[str, doc("Store", "The folder.")]
    recipients: A[Opt[list[str]], doc("Recipients", "The age public keys they are encrypted to.")] = UNSET
    retention_days: A[Opt[int], doc("Retention days", "Days they are kept.", minimum=1)] = UNSET


class Environment(Spec, frozen=True, kw_only=True):
    """A named target."""

    provider: A[Literal["sql", "salesforce"], doc("Provider", "The kind of CRM.")]
    connection: A[Connection, doc("Connection", "How it is reached.")]
    expects: A[Opt[Expects], doc("Expects", "The identity it must show before anything is applied.")] = UNSET
    promotes_from: A[Opt[str], doc("Promotes from", "The environment changes are tested in first.", ref="Environment")] = UNSET  # fmt: skip
    protection: A[Opt[Protection], doc("Protection", "What stands between a plan and it.")] = UNSET
    overlays: A[Opt[list[Overlay]], doc("Overlays", "What is different here.", ordered=True)] = UNSET
    drift: A[Opt[dict[str, Literal["report", "revert"]]], doc("Drift", "For single kinds: whether changes made by hand are reported or undone.")] = UNSET  # fmt: skip
    records: A[Opt[str | dict[str, str]], doc("Records", "Where records are counted: live, a path, a URL, or one of these by object.", secret=True)] = UNSET  # fmt: skip
    exports: A[Opt[Exports], doc("Exports", "Where values go before they are destroyed.")] = UNSET
    ledger: A[Opt[str], doc("Ledger", "Where what was applied is recorded: repository (the default), sqlite:///PATH, or postgresql://HOST/NAME.", secret=True)] = UNSET  # fmt: skip
