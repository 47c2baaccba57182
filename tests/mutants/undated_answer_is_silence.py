"""An answer without a date passes for silence."""

FILE = "tracker/queries/statuses.py"
OLD = "        .filter(Q(response__answered_earliest=None) | Q(response__answered_earliest__lte=on))\n"
NEW = "        .filter(response__answered_earliest__lte=on)\n"
TEST = "tests/rules/test_statuses.py::test_an_undated_answer_counts_from_the_day_of_the_ask"
