"""Plans side by side: figures, who gains and loses, what changes hands, what differs in the input."""
