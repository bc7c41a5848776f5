"""Everything the service keeps: data sets, scenarios, plans, jobs, people; in SQLite or PostgreSQL."""
