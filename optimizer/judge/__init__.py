"""What a plan is worth and which hard rules it breaks, told without a solver."""
