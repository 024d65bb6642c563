"""One module for each task of a member of staff, each with a router."""
