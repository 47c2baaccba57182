"""Planted bugs: each file here names one, and the test that must turn red when it is planted.

A mutant is a Python file with four names: FILE (what is changed), OLD (text that stands in it exactly once), NEW
(what a hurried hand might write instead) and TEST (the pytest node that must fail). `make test` checks that all of
them still apply and plants a few; `make test-faults` plants them all.
"""
