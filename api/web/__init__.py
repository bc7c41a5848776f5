"""The workspace: pages for the browser. They hold no data; their scripts get it from the calls of /v1."""
