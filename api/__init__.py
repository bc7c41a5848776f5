"""The doors: command line, HTTP, client."""
