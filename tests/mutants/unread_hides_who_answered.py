"""What is undated and unread passes for the body's own answer on days before it was located."""

FILE = "tracker/statuses.py"
OLD = "        return 0 if located_later else 1 if self.on_behalf else 2\n"
NEW = "        return 1 if self.on_behalf else 2\n"
TEST = (
    "tests/cases/test_recommendation_one.py::"
    "test_by_the_first_of_june_2021_one_had_answered_and_one_undated_answer_may_have_been_given"
)
