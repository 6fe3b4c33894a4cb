"""Operations turned into edits of a project's files."""
