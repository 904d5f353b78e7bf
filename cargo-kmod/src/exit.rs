// SPDX-License-Identifier: GPL-2.0-only
//! How a verb ended, as an exit code: scripts tell "a test failed" from "the host is not ready".

use std::fmt;
use std::process::ExitCode;

/// How a verb ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything that was asked for was seen to happen.
    Pass,
    /// A test, a step of the demo, or the build or verification of a module failed.
    TestFailed,
    /// The command line, or what it names, is wrong.
    Usage,
    /// The host or the VM is not as it must be: EX_UNAVAILABLE of sysexits.h.
    Host,
    /// The time limit passed: what timeout(1) answers.
    Timeout,
    /// The guest's kernel panicked.
    GuestPanic,
}

impl Exit {
    /// The number that the shell sees.
    pub fn code(self) -> u8 {
        match self {
            Exit::Pass => 0,
            Exit::TestFailed => 1,
            Exit::Usage => 2,
            Exit::Host => 69,
            Exit::Timeout => 124,
            Exit::GuestPanic => 255,
        }
    }
}

impl Exit {
    /// What a program means that ends with that number, if it is one of ours.
    pub fn of_code(code: u8) -> Option<Self> {
        use Exit::{GuestPanic, Host, Pass, TestFailed, Timeout, Usage};
        let all = [Pass, TestFailed, Usage, Host, Timeout, GuestPanic];
        all.into_iter().find(|exit| exit.code() == code)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.code())
    }
}

/// A module that cannot be built of its sources, that its kernel would not take, or that lacks the
/// kernel's defences.
#[derive(Debug)]
pub struct Unfit(pub String);

/// An error that the module's author is to blame for.
pub fn unfit(message: impl Into<String>) -> anyhow::Error {
    Unfit(message.into()).into()
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unfit {}

/// An error that the command line itself is to blame for; what is neither this, nor [`Unfit`],
/// nor an error of the verifier's about a file, is [`Exit::Host`].
#[derive(Debug)]
pub struct UsageError(String);

/// An error with the rule that was broken and, after a line break, the fix.
pub fn usage(message: impl Into<String>) -> anyhow::Error {
    UsageError(message.into()).into()
}

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UsageError {}

/// The exit that an error stands for.
pub fn of_error(error: &anyhow::Error) -> Exit {
    let of_file = error.downcast_ref::<kmod_verify::Error>();
    if error.is::<UsageError>() || of_file.is_some_and(kmod_verify::Error::is_usage) {
        Exit::Usage
    } else if error.is::<Unfit>() {
        Exit::TestFailed
    } else {
        Exit::Host
    }
}

/// How a program ends of which that came; its error is printed.
pub fn ended(result: anyhow::Result<Exit>) -> ExitCode {
    match result {
        Ok(exit) => exit.into(),
        Err(error) => {
            eprintln!("error: {}", message(&error));
            of_error(&error).into()
        }
    }
}

/// What went wrong, from the outermost to the first cause, and then the help that each gave.
pub fn message(error: &anyhow::Error) -> String {
    let (mut causes, mut help) = (Vec::new(), String::new());
    for cause in error.chain().map(ToString::to_string) {
        match cause.split_once("\n= help:") {
            Some((cause, text)) => {
                causes.push(cause.to_owned());
                help += "\n= help:";
                help += text;
            }
            None => causes.push(cause),
        }
    }
    causes.join(": ") + &help
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_stands_below_the_causes() {
        let error = anyhow::anyhow!("no such folder").context("cannot write x\n= help: set y");
        assert_eq!(
            message(&error),
            "cannot write x: no such folder\n= help: set y"
        );
    }
}
