//! Shared by the tests: where things are, and how to start them.
