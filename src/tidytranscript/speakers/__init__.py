"""Who speaks: labels that the text writes, and what the text itself gives away."""
