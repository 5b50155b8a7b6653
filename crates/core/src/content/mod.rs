//! Parsing and validating content files.
