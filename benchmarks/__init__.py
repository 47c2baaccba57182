"""Measurements, one a file: each is one command and prints ratios against a limit measured in the same run."""
