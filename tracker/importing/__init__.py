"""Reading files into the register: the register's own JSON form. Every fact goes through an action."""
