// SPDX-License-Identifier: GPL-2.0-only
//! How a verb ended, as an exit code: scripts tell "a test failed" from "the host is not ready".

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
