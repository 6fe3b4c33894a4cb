"""A Salesforce org on this machine: a counterpart for what reads one through its API.

It is written from what the vendor says of its API, apart from what it is there to test. It refuses what the vendor
refuses, in the vendor's words as far as they are known, and answers HTTP 501 in plain words to what it was not taught.
"""

from .fields import Can, Field
from .org import Org
from .people import App, Call, User
from .server import serving

__all__ = ["App", "Call", "Can", "Field", "Org", "User", "serving"]
