"""From a written scenario to a Case: units, measures, seats, pairs, rules and links, all checked."""
