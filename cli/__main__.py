"""`python -m cli` is the program `antrean`; the demo, the replay and the tests start its processes so."""

from cli.main import main

main()
