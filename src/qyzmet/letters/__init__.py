"""The post room: fills the placeholders of a text, keeps the letter, makes its PDF, sends it once."""
