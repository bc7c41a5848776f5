"""What an alignment earns: sales response, travel, rep cost and disruption in money."""
