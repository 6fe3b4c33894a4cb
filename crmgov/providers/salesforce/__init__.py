"""Provider salesforce: project directories and Metadata API files."""
