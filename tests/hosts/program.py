"""The program as a process of its own."""

from gazette.cli import main

if __name__ == "__main__":
    main()
