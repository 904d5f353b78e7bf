// SPDX-License-Identifier: GPL-2.0-only
//! One boot: what it shall be, its end, and the wait for that.

use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use kmod_test::wire::{Event, Plan};

use crate::error::{Cannot as _, Error};
use crate::initramfs::Item;

/// From the sentinel to QEMU's end.
const POWER_OFF_LIMIT: Duration = Duration::from_secs(10);

/// What shall be booted.
#[derive(Clone, Debug)]
pub struct Boot {
    /// Names the boot's folder.
    pub name: String,
    /// What the guest does.
    pub plan: Plan,
    /// What its root has, besides `kmod-init` and the plan.
    pub items: Vec<Item>,
    /// Devices beside the machine's, each as QEMU's `-device` takes it.
    pub devices: Vec<String>,
    /// Sources of ACPI tables beside the machine's own.
    pub acpi: Vec<PathBuf>,
    /// What DMI says, each as QEMU's `-smbios` takes it.
    pub smbios: Vec<String>,
    /// The time limit, from QEMU's start to its end; two minutes unless it is set.
    pub limit: Option<Duration>,
    /// Whether the terminal is connected to the guest's third port. Events are then told at the end.
    pub interactive: bool,
    /// Whether QEMU's monitor is, if the terminal is not: what runs in the guest may do with QEMU what it likes.
    pub monitor: bool,
}

/// How a boot ended.
#[derive(Debug)]
pub struct Ended {
    /// The verdict.
    pub outcome: Outcome,
    /// The console's log.
    pub console: PathBuf,
    /// The log of the code that ran, if one was wanted.
    pub code: Option<PathBuf>,
}

/// The verdict on a boot; what the plan's commands returned is in the events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The guest said that the plan is done.
    Finished,
    /// The guest's kernel panicked.
    Panic,
    /// The time limit passed.
    Timeout(Duration),
    /// QEMU ended before the guest said that the plan is done.
    Lost(String),
}

impl Outcome {
    /// What a guest did that ended so before it said a word, if another one may do better: a guest whose kernel
    /// panics or hangs before its first process runs has met nothing that was put into it. Under load, QEMU's
    /// devices and its translator are not always what a kernel takes for granted: a processor may run into a
    /// breakpoint of the kernel's own patching that is gone already.
    #[must_use]
    pub fn before_a_word(&self, boot_limit: Duration) -> Option<&'static str> {
        match self {
            Self::Panic => Some("panicked"),
            // A shorter limit is the user's.
            Self::Timeout(limit) if *limit == boot_limit => Some("hung"),
            _ => None,
        }
    }
}

impl Boot {
    /// A boot without anything of its own in the root.
    #[must_use]
    pub fn new(name: impl Into<String>, mut plan: Plan) -> Boot {
        let path = "/bin:/sbin".to_owned();
        plan.env.insert(0, ("PATH".into(), path));
        Boot {
            name: name.into(),
            plan,
            items: Vec::new(),
            devices: Vec::new(),
            acpi: Vec::new(),
            smbios: Vec::new(),
            limit: Some(Duration::from_secs(120)),
            interactive: false,
            monitor: false,
        }
    }
}

/// Whether the guest's kernel panicked.
pub(crate) fn has_panic(console: &Path) -> bool {
    let text = fs::read(console).unwrap_or_default();
    String::from_utf8_lossy(&text).contains("Kernel panic - not syncing")
}

/// Waits for a VM whose events come out of QEMU's standard output.
pub(crate) fn wait_piped(
    child: &mut Child,
    limit: Option<Duration>,
    boot_limit: Duration,
    see: &mut dyn FnMut(Event),
) -> Result<Outcome, Error> {
    let lines = reader(
        child
            .stdout
            .take()
            .ok_or(io::ErrorKind::BrokenPipe.into())
            .cannot(|| "read what QEMU tells".into())?,
    );
    let start = Instant::now();
    let mut silent = true;
    loop {
        let limit = limit.map(|limit| if silent { limit.min(boot_limit) } else { limit });
        let line = match limit.map(|limit| start + limit) {
            None => lines.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(end) => lines.recv_timeout(end.saturating_duration_since(Instant::now())),
        };
        match line {
            Ok(line) => match Event::decode(&line) {
                Some(Event::Done) => {
                    // The verdict is known; how QEMU ends changes nothing.
                    wait_at_most(child, POWER_OFF_LIMIT)?;
                    return Ok(Outcome::Finished);
                }
                Some(event) => {
                    silent = false;
                    see(event);
                }
                None => {}
            },
            Err(RecvTimeoutError::Timeout) => {
                wait_at_most(child, Duration::ZERO)?;
                return Ok(Outcome::Timeout(limit.unwrap_or_default()));
            }
            Err(RecvTimeoutError::Disconnected) => {
                let status = child.wait().cannot(waiting)?;
                return Ok(Outcome::Lost(format!("QEMU ended ({status}). ")));
            }
        }
    }
}

/// The lines of `from`, so that waiting for one can have a limit.
fn reader(from: impl Read + Send + 'static) -> Receiver<String> {
    let (to, lines) = channel();
    thread::spawn(move || {
        let mut from = BufReader::new(from);
        let mut line = Vec::new();
        while from.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
            if to
                .send(String::from_utf8_lossy(&line).into_owned())
                .is_err()
            {
                return;
            }
            line.clear();
        }
    });
    lines
}

/// Waits for a VM that has the terminal, and whose events are in a file.
pub(crate) fn wait_interactive(
    child: &mut Child,
    limit: Option<Duration>,
    events: &Path,
    see: &mut dyn FnMut(Event),
) -> Result<Outcome, Error> {
    let status = match limit {
        None => child.wait().cannot(waiting)?,
        Some(limit) => match wait_at_most(child, limit)? {
            Some(status) => status,
            None => return Ok(Outcome::Timeout(limit)),
        },
    };
    let text = fs::read(events).unwrap_or_default();
    for line in String::from_utf8_lossy(&text).lines() {
        match Event::decode(line) {
            Some(Event::Done) => return Ok(Outcome::Finished),
            Some(event) => see(event),
            None => {}
        }
    }
    Ok(Outcome::Lost(format!("QEMU ended ({status}). ")))
}

fn waiting() -> String {
    "wait for QEMU".to_owned()
}

/// Waits at most so long; a VM that is still running then is ended.
fn wait_at_most(child: &mut Child, limit: Duration) -> Result<Option<ExitStatus>, Error> {
    let end = Instant::now() + limit;
    loop {
        if let Some(status) = child.try_wait().cannot(waiting)? {
            return Ok(Some(status));
        }
        if Instant::now() >= end {
            child.kill().cannot(|| "end QEMU".into())?;
            child.wait().cannot(waiting)?;
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(20));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{Command, Stdio};

    #[test]
    fn only_what_a_kernel_did_by_itself_is_tried_again() {
        let limit = Duration::from_secs(90);
        assert_eq!(Outcome::Panic.before_a_word(limit), Some("panicked"));
        assert_eq!(Outcome::Timeout(limit).before_a_word(limit), Some("hung"));
        for outcome in [
            Outcome::Timeout(limit / 2),
            Outcome::Lost(String::new()),
            Outcome::Finished,
        ] {
            assert_eq!(outcome.before_a_word(limit), None, "{outcome:?}");
        }
    }

    #[test]
    fn a_silent_guest_is_ended_by_the_shorter_limit() {
        let limit = Duration::from_millis(50);
        let mut command = Command::new("sleep");
        command.arg("100");
        let later = 100 * limit;
        for (limit, boot_limit) in [(limit, later), (later, limit)] {
            let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
            let outcome = wait_piped(&mut child, Some(limit), boot_limit, &mut |_| ()).unwrap();
            assert_eq!(outcome, Outcome::Timeout(limit.min(boot_limit)));
        }
    }
}
