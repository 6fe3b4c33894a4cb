"""What becomes of findings once rules have told them: the repository's own severities, waivers and known findings.

Pure: documents, findings and today's date go in, findings come out.
"""
