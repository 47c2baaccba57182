"""What staff change between the plan and its application is overwritten."""

FILE = "tracker/importing/writing.py"
OLD = "        self._check_unedited(changed, on_record)\n"
NEW = ""
TEST = (
    "tests/importing/test_quirks.py::"
    "test_what_staff_change_between_the_plan_and_its_application_is_not_overwritten"
)
