"""That a value cannot be written is found when half of the journey is sent."""

FILE = "tracker/queries/asking.py"
OLD = "written = [(question, *self._written(question.values)) for question in self.questions]"
NEW = "written = ((question, *self._written(question.values)) for question in self.questions)"
TEST = "tests/api/test_asking.py::test_a_value_that_cannot_be_written_costs_nobody_the_connection"
