"""Laying out new YAML and splicing edits into existing YAML, keeping every other byte."""
