"""Tables, numbers and ids as people write them."""
