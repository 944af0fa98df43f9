"""Files that tell a web server how to show the site: one module a kind of server."""
