"""Writes random programs that fill, share and change containers under unknown inputs."""
