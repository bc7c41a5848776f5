"""The study: the written document, preparation, report, export."""
