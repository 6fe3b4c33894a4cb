"""Rule: no password stands in the configuration itself."""

from collections.abc import Iterator

from crmgov.check.session import Session
from crmgov.check.tree import parts
from crmgov.model.diagnostics import Diagnostic, of
from crmgov.model.flat import route_text
from crmgov.model.secrets import holds_password, secret_texts


def check_secrets(session: Session) -> Iterator[Diagnostic]:
    """The connections and ledgers of environments, the only places a password belongs to. Never repeats one."""
    tree = session.tree
    for address in tree.of_kind("Environment"):
        for route, text in secret_texts("Environment", tree.body(address)):
            if holds_password(text):
                message = f"{route_text('Environment', route)} of {parts(address)[2]} has a password written in it"
                yield of("SECRET002", message, at=tree.where(address, route), address=address)
