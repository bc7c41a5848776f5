"""A CRM export of accounts, rolled up to units."""
