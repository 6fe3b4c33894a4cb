"""Governance: what is allowed and still unwise, decided from configuration alone.

One folder for each area, one file for each rule. A rule is a pure function from a ``Scene`` to findings.
"""
