"""A promise is called broken though nobody has looked, and a draft may say otherwise."""

FILE = "tracker/queries/promises.py"
OLD = "    return any(act_by < looked <= on for looked in record.nothing_found_on(Clock.ACT))\n"
NEW = "    return True\n"
TEST = (
    "tests/api/test_addressees.py::test_a_promise_is_missed_when_somebody_looked_after_it_and_found_nothing"
)
