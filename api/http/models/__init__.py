"""What the calls take and give, as types that the service and its client share."""
