"""Files that load a plan into a CRM."""
