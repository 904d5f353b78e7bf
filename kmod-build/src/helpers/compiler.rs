// SPDX-License-Identifier: GPL-2.0-only
//! The kernel's own compiler, asked what it makes of C.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// A compiler with the words before it that people have: `ccache gcc`.
pub(super) fn command(cc: &str) -> Command {
    let mut words = cc.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words);
    command
}

/// The assembly that a source comes to, or what the compiler has to say against it.
///
/// # Errors
///
/// When the compiler cannot be run.
pub fn assembly(
    cc: &str,
    flags: &[String],
    source: &str,
) -> Result<Result<String, String>, String> {
    let mut compiler = command(cc)
        .args(flags)
        .args(["-w", "-S", "-o", "-", "-x", "c", "-"])
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot start {cc}: {error}"))?;
    if let Some(mut input) = compiler.stdin.take() {
        input
            .write_all(source.as_bytes())
            .map_err(|error| format!("cannot write to {cc}: {error}"))?;
    }
    let output = compiler
        .wait_with_output()
        .map_err(|error| format!("cannot wait for {cc}: {error}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(match output.status.success() {
        true => Ok(text(&output.stdout)),
        false => Err(text(&output.stderr)),
    })
}
