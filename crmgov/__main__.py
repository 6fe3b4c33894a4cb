"""``python -m crmgov``."""

from crmgov.cli import main

main()
