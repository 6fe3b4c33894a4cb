"""Reading a repository's YAML: files, values with their places, resources, overlays, and the cache in between."""

from crmgov.load import codes as codes
