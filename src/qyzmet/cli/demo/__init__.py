"""The demo city: invented people, bodies and stories."""
