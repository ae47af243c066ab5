"""The measuring half of deploy/bench: Roost beside its peers and the yardstick, in alternating rounds."""
