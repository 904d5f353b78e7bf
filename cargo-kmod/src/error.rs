// SPDX-License-Identifier: GPL-2.0-only
//! What keeps a verb from going on: the rule that was broken, what to do about it, what it came of, and how
//! the program then ends.
//!
//! Whatever has no help to give is any other error, with [`anyhow`]'s context.

use std::fmt;
use std::process::ExitCode;

use crate::exit::Exit;

/// An error that tells people what to do.
#[derive(Debug)]
pub struct Failure {
    exit: Exit,
    rule: String,
    help: Vec<String>,
    cause: Option<anyhow::Error>,
}

/// The command line, or what it names, is to blame.
pub fn usage(rule: impl Into<String>) -> Failure {
    Failure::new(Exit::Usage, rule.into())
}

/// The module's author is to blame: it cannot be built of its sources, its kernel would not take it, or it
/// lacks the kernel's defences.
pub fn unfit(rule: impl Into<String>) -> Failure {
    Failure::new(Exit::TestFailed, rule.into())
}

/// The host, or the VM, is not as it must be.
pub fn host(rule: impl Into<String>) -> Failure {
    Failure::new(Exit::Host, rule.into())
}

impl Failure {
    fn new(exit: Exit, rule: String) -> Self {
        Self {
            exit,
            rule,
            help: Vec::new(),
            cause: None,
        }
    }

    /// With what to do, or to type; a second one is told below the first.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// With what it came of.
    #[must_use]
    pub fn because(mut self, cause: impl Into<anyhow::Error>) -> Self {
        self.cause = Some(cause.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rule)
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(AsRef::as_ref)
    }
}

/// The failures in a chain of errors, the outermost first.
fn failures(error: &anyhow::Error) -> impl Iterator<Item = &Failure> {
    error.chain().filter_map(|cause| cause.downcast_ref())
}

/// The exit that an error stands for: the host's, unless somebody else is to blame.
pub fn exit(error: &anyhow::Error) -> Exit {
    let of_file = error.downcast_ref::<kmod_verify::Error>();
    if of_file.is_some_and(kmod_verify::Error::is_usage) {
        return Exit::Usage;
    }
    let mut exits = failures(error).map(|failure| failure.exit);
    exits.find(|exit| *exit != Exit::Host).unwrap_or(Exit::Host)
}

/// What went wrong, from the outermost to the first cause.
pub fn causes(error: &anyhow::Error) -> String {
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    causes.join(": ")
}

/// What each of the causes has to say of what to do.
pub fn helps(error: &anyhow::Error) -> impl Iterator<Item = &str> {
    let of_file = error.downcast_ref::<kmod_verify::Error>();
    failures(error)
        .flat_map(|failure| failure.help.iter().map(String::as_str))
        .chain(of_file.and_then(kmod_verify::Error::help))
}

/// An error as people read it: the causes, and below them the help.
pub fn message(error: &anyhow::Error) -> String {
    let mut text = causes(error);
    for help in helps(error) {
        text += "\n= help: ";
        text += help;
    }
    text
}

/// How a program ends of which that came; its error is printed.
pub fn ended(result: anyhow::Result<Exit>) -> ExitCode {
    match result {
        Ok(exit) => exit.into(),
        Err(error) => {
            eprintln!("error: {}", message(&error));
            exit(&error).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use anyhow::{Context as _, anyhow};

    use super::*;

    #[test]
    fn help_stands_below_the_causes() {
        let error = host("cannot write x")
            .help("set y")
            .because(anyhow!("no such folder"));
        let error = anyhow::Error::from(error).context("nothing was built");
        assert_eq!(
            message(&error),
            "nothing was built: cannot write x: no such folder\n= help: set y"
        );
    }

    #[test]
    fn who_is_to_blame_is_found_below_what_others_add() {
        let blamed = |failure: Failure| exit(&host("a").because(failure).into());
        assert_eq!(blamed(usage("b")), Exit::Usage);
        assert_eq!(blamed(unfit("b")), Exit::TestFailed);
        assert_eq!(blamed(host("b")), Exit::Host);
        let error = Err::<(), _>(usage("b").help("c")).context("a").unwrap_err();
        assert_eq!(exit(&error), Exit::Usage);
        assert_eq!(message(&error), "a: b\n= help: c");
    }
}
