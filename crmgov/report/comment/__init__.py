"""The comment on a pull request: what merging does, for all environments in one."""
