"""The store on real databases: SQLite, and PostgreSQL where it is marked."""
