"""A filter with a typing error in its name filters nothing."""

FILE = "api/filters.py"
OLD = "    for name, values in request.query_params.lists():\n        if name not in known:\n"
NEW = "    for name, values in request.query_params.lists():\n        if name not in known:\n            continue\n"
TEST = "tests/api/test_problems.py::test_an_unknown_parameter_is_named_with_those_there_are"
