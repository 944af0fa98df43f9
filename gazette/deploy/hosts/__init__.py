"""The kinds of hosts, each behind the same narrow interface (see `gazette.deploy.target`)."""
