"""An import by a person goes round the second one."""

FILE = "tracker/actions/_second.py"
OLD = "(by.role, by.user) != (Role.LOADER, None)"
NEW = "by.role != Role.LOADER"
TEST = "tests/actions/test_two_people.py::test_an_import_by_a_person_is_bound_and_a_file_loaded_by_command_is_not"
