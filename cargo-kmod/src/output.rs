// SPDX-License-Identifier: GPL-2.0-only
//! `print!` and its family as this program needs them: whoever reads what they write may leave, and a
//! disk may be full. The standard library's panic then.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write as _};
use std::process;

use crate::exit::Exit;

/// What the shell says of a program that SIGPIPE has ended: 128 and the signal's number.
const GONE: i32 = 128 + 13;

/// `print!`.
macro_rules! print {
    ($($arg:tt)*) => {
        $crate::output::out(::std::format_args!($($arg)*))
    };
}

/// `println!`.
macro_rules! println {
    () => {
        $crate::output::out(::std::format_args!("\n"))
    };
    ($($arg:tt)*) => {
        $crate::output::out(::std::format_args!("{}\n", ::std::format_args!($($arg)*)))
    };
}

/// `eprint!`.
macro_rules! eprint {
    ($($arg:tt)*) => {
        $crate::output::err(::std::format_args!($($arg)*))
    };
}

/// `eprintln!`.
macro_rules! eprintln {
    ($($arg:tt)*) => {
        $crate::output::err(::std::format_args!("{}\n", ::std::format_args!($($arg)*)))
    };
}

/// Writes to standard output. The program ends where that cannot be done: quietly when nobody reads
/// it any more, else with the reason.
pub fn out(text: Arguments<'_>) {
    let mut stdout = io::stdout().lock();
    let Err(error) = stdout.write_fmt(text).and_then(|()| stdout.flush()) else {
        return;
    };
    if error.kind() == ErrorKind::BrokenPipe {
        process::exit(GONE);
    }
    err(format_args!(
        "error: cannot write to standard output: {error}\n"
    ));
    process::exit(Exit::Host.code().into());
}

/// Writes to standard error. What cannot be said there can be said nowhere.
pub fn err(text: Arguments<'_>) {
    let _ = io::stderr().lock().write_fmt(text);
}
