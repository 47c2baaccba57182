"""A number in octal or hexadecimal is taken for a name."""

FILE = "tracker/egress/addresses.py"
OLD = '    if re.fullmatch(r"[0-9]+|0x[0-9a-f]*", labels[-1]):\n'
NEW = '    if re.fullmatch(r"[1-9][0-9]*", labels[-1]):\n'
TEST = "tests/egress/test_addresses.py::test_an_address_that_two_programs_may_read_differently_is_refused"
