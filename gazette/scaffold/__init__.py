"""What starts a site, an article or a theme."""
