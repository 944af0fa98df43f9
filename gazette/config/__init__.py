"""config.yaml, bureaus.yaml, categories.yaml and theme.yaml -> frozen values; all problems at once."""
