"""The public log counts what waits."""

FILE = "tracker/queries/log.py"
OLD = "    for row in Challenge.objects.public().only(*_COUNTED):"
NEW = "    for row in Challenge.objects.only(*_COUNTED):"
TEST = (
    "tests/api/test_two_registers.py::test_a_register_with_drafts_answers_to_the_byte_as_one_without[a-share]"
)
