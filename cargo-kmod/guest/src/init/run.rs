// SPDX-License-Identifier: GPL-2.0-only
//! Running programs: with their output told to the host, or on the user's terminal.

use std::fs::OpenOptions;
use std::io::{self, BufRead, BufReader};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, ExitStatus, Stdio};

use kmod_test::wire::{Event, Status};
use rustix::termios::{Winsize, tcsetwinsize};

use crate::report::{Report, tty};

/// Runs a program without input; each line that it writes goes to `line`.
pub fn captured(
    program: &str,
    args: &[String],
    mut line: impl FnMut(String) -> io::Result<()>,
) -> io::Result<Result<ExitStatus, String>> {
    let (reader, writer) = io::pipe()?;
    let spawned = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(writer.try_clone()?)
        .stderr(writer)
        .spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) => return Ok(Err(format!("{program}: {error}"))),
    };
    let mut reader = BufReader::new(reader);
    let mut bytes = Vec::new();
    while reader.read_until(b'\n', &mut bytes)? > 0 {
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        line(String::from_utf8_lossy(&bytes).into_owned())?;
        bytes.clear();
    }
    Ok(Ok(child.wait()?))
}

/// Runs a program and tells its output.
pub fn program(program: &str, args: &[String], report: &mut Report) -> io::Result<Status> {
    let ended = captured(program, args, |line| {
        report.kernel()?;
        report.send(&Event::Out(line))
    })?;
    Ok(match ended {
        Ok(status) => status_of(status),
        Err(why) => Status::Error(why),
    })
}

/// Runs a program on the terminal that `KMOD_TTY` names, as a session of its own.
pub fn interactive(program: &str, args: &[String]) -> io::Result<Status> {
    let path = tty("KMOD_TTY")?;
    let terminal = OpenOptions::new().read(true).write(true).open(&path)?;
    if let Some(size) = window() {
        tcsetwinsize(&terminal, size)?;
    }
    let mut command = Command::new(program);
    command
        .args(args)
        .stdin(terminal.try_clone()?)
        .stdout(terminal.try_clone()?)
        .stderr(terminal);
    // SAFETY: between fork and exec, the closure makes two system calls and nothing else.
    unsafe {
        command.pre_exec(|| {
            rustix::process::setsid()?;
            rustix::process::ioctl_tiocsctty(rustix::stdio::stdin())?;
            Ok(())
        })
    };
    Ok(match command.status() {
        Ok(status) => status_of(status),
        Err(error) => Status::Error(format!("{program}: {error}")),
    })
}

/// The size of the host's terminal, from `KMOD_TTY_SIZE=ROWSxCOLUMNS`.
fn window() -> Option<Winsize> {
    let size = std::env::var("KMOD_TTY_SIZE").ok()?;
    let (rows, columns) = size.split_once('x')?;
    Some(Winsize {
        ws_row: rows.parse().ok()?,
        ws_col: columns.parse().ok()?,
        ws_xpixel: 0,
        ws_ypixel: 0,
    })
}

pub fn status_of(status: ExitStatus) -> Status {
    match status.signal() {
        Some(signal) => Status::Signal(signal),
        None => Status::Code(status.code().unwrap_or_default()),
    }
}
