//! The `sro-lint` program: a thin shell around the library.

fn main() {}
