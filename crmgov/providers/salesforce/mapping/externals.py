"""Reports, dashboards and e-mail templates: named by the configuration, governed elsewhere."""

from crmgov.providers.salesforce.mapping.base import Form, MetadataType
from crmgov.providers.salesforce.mapping.items import Item, Leaf


def _external(name: str, folder: str, suffix: str, word: str, items: tuple[Item, ...]) -> MetadataType:
    return MetadataType(
        name=name,
        kind="External",
        form=Form(folder, suffix),
        items=items,
        constant={"type": word, "system": "salesforce"},
        opaque=True,
    )


_DESCRIPTION = Leaf("description", ("description",))

REPORT = _external("Report", "reports", "report", "report", (_DESCRIPTION, Leaf("name", ("label",))))
DASHBOARD = _external("Dashboard", "dashboards", "dashboard", "dashboard", (_DESCRIPTION, Leaf("title", ("label",))))
TEMPLATE = _external("EmailTemplate", "email", "email", "template", (_DESCRIPTION, Leaf("name", ("label",))))

TYPES = (TEMPLATE, REPORT, DASHBOARD)
