"""A Salesforce org on this machine: a counterpart for what reads one through its API.

It is written from what the vendor says of its API, apart from what it is there to test. It refuses what the vendor
refuses, in the vendor's words as far as they are known, and answers HTTP 501 in plain words to what it was not taught.

    org = Org(name="Acme")
    user = org.user()
    org.object("Lead", [Field("Email", "email")], records=[{"Email": "ada@acme.example"}])
    with serving(org) as url:
        ...  # ask, with the header "Authorization: Bearer " + org.token(user)

Objects have the vendor's own fields (Id, Name, OwnerId, CreatedDate...) without being told; those of setup (Organization,
User, Profile, PermissionSet, EntityDefinition...) are filled from what the org is. Bad luck is ordered with `org.fail`.
What was asked, and cost a call, is in `org.calls`.
"""

from .fields import Can, Field
from .org import Org
from .people import App, Call, User
from .server import serving

__all__ = ["App", "Call", "Can", "Field", "Org", "User", "serving"]
