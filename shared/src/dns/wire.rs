//! The messages of RFC 8484: a question written, an answer read.
