"""CP-SAT over whole problems and pockets of them."""
