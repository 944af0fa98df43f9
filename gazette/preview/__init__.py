"""What an editor has open all day: watch, rebuild, show, and say in plain words what is wrong."""
