"""The questions of the portal as forms. They stop only what cannot be taken."""
