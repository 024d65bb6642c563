"""Tables and repositories: every query of the API and the desk."""
