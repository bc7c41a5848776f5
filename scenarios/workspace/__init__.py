"""What the page of a scenario draws and reckons with, as compact files of a plan."""
