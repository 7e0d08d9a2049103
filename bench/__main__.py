"""python -m bench: everything, as `make bench` calls it."""

from bench.run import main

main()
