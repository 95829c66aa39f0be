"""How fast the book and its measures are, beside other tools: `python -m benchmarks`, which `make bench` runs."""
