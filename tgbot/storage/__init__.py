"""The database: tables, connections, migrations, and queries behind names."""
