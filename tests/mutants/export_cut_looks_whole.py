"""A fault midway ends the file as if it were whole."""

FILE = "api/exports.py"
OLD = "            reset(self._caller)\n            raise\n"
NEW = "            raise StopIteration from None\n"
TEST = "tests/api/test_exports_served.py::test_a_fault_midway_does_not_look_like_the_end"
