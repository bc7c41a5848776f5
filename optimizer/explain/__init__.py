"""Why no plan keeps every hard rule: proofs where there are any, and what would have to be loosened."""
