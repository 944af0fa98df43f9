"""The publication gate: small rules, one family a file, that look at articles before readers do."""
