"""Many what-ifs of one scenario at once: a grid or chosen steps, the front they make, and a few proposals."""
