// SPDX-License-Identifier: GPL-2.0-only
//! `print!` and its family as `cargo-kmod` has them: whoever reads may leave, and a disk may be full.

/// `print!`.
macro_rules! print {
    ($($arg:tt)*) => {
        ::cargo_kmod::output::out(::std::format_args!($($arg)*))
    };
}

/// `println!`.
macro_rules! println {
    ($($arg:tt)*) => {
        ::cargo_kmod::output::out(::std::format_args!("{}\n", ::std::format_args!($($arg)*)))
    };
}

/// `eprintln!`.
macro_rules! eprintln {
    ($($arg:tt)*) => {
        ::cargo_kmod::output::err(::std::format_args!("{}\n", ::std::format_args!($($arg)*)))
    };
}
