// SPDX-License-Identifier: GPL-2.0-only
//! The program: see the library.

fn main() -> std::process::ExitCode {
    cargo_kmod::cli::main()
}
