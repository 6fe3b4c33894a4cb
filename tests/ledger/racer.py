"""A process that tries for the lock when it is told to, and goes without giving it back."""

import os
import sys
from pathlib import Path

from crmgov.ledger.errors import LockHeld
from crmgov.ledger.open import open_ledger
from tests.ledger.acts import started

if __name__ == "__main__":
    spec, folder, number = sys.argv[1:]
    ledger = open_ledger(spec, "production", Path(folder))
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        started(ledger, f"r{number}")
        print("locked", flush=True)
    except LockHeld as error:
        print(f"held by {error.holder.run}", flush=True)
    ledger.close()
    os._exit(0)
