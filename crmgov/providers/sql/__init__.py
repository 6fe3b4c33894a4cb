"""Provider sql: objects are real tables, fields real columns (SQLite, PostgreSQL)."""
