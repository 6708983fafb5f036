//! The `sro-lint` program: a thin shell around the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    sro_lint::cli::main()
}
