// SPDX-License-Identifier: GPL-2.0-only
//! One boot: from the plan to the guest's last word.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use kmod_test::wire::{CONFIG, Event, PLAN, Plan};
use rustix::process::{Signal, set_parent_process_death_signal};

use super::firmware::{self, Firmware};
use super::initramfs::{self, Item};
use super::machine::Machine;
use super::qemu::Setup;
use crate::process;

/// From the sentinel to QEMU's end.
const POWER_OFF_LIMIT: Duration = Duration::from_secs(10);

/// How often a guest is booted until its first process runs. Two in a row were seen to fail.
const BOOTS: u32 = 5;

/// What shall be booted.
pub struct Boot {
    /// Names the boot's folder below `target/kmod/vm`.
    pub name: String,
    /// What the guest does.
    pub plan: Plan,
    /// What its root has, besides `kmod-init` and the plan.
    pub items: Vec<Item>,
    /// What the VM has beside the machine, and beside what the user gives it.
    pub devices: Vec<String>,
    /// What it has of firmware.
    pub firmware: Firmware,
    /// Time limit, unless the user sets another one.
    pub limit: Option<Duration>,
    /// Whether the user's terminal is connected to the guest's third port.
    pub interactive: bool,
    /// Whether the user's `--timeout` leaves this boot's limit alone.
    pub own_limit: bool,
    pub(super) is_probe: bool,
}

/// How a boot ended.
pub struct Ended {
    /// The verdict.
    pub outcome: Outcome,
    /// The console's log.
    pub console: PathBuf,
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
    /// Nothing was booted: `--dry-run`.
    Dry,
}

impl Outcome {
    /// What a guest did that ended so before it said a word, if another one may do better.
    fn before_a_word(&self, boot_limit: Duration) -> Option<&'static str> {
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
    pub fn new(name: impl Into<String>, mut plan: Plan) -> Boot {
        let path = "/bin:/sbin".to_owned();
        plan.env.insert(0, ("PATH".into(), path));
        Boot {
            name: name.into(),
            plan,
            items: Vec::new(),
            devices: Vec::new(),
            firmware: Firmware::default(),
            limit: Some(Duration::from_secs(120)),
            interactive: false,
            own_limit: false,
            is_probe: false,
        }
    }
}

impl Machine<'_> {
    /// Boots, hands each event to `see`, and waits for the end.
    ///
    /// A guest whose kernel panics or hangs before its first process says a word has met no module
    /// of ours (under load, QEMU's devices and its translator are not always what a kernel takes
    /// for granted: a CPU may run into a breakpoint of the kernel's own patching that is gone
    /// already): it is booted again, `BOOTS` times in all.
    pub fn boot(&self, boot: &Boot, see: &mut dyn FnMut(Event)) -> Result<Ended> {
        let mut left = BOOTS;
        loop {
            let mut silent = true;
            // An interactive guest has the terminal.
            let mut waiting =
                (!boot.interactive).then(|| self.ctx.progress.waiting("booting a VM"));
            let ended = self.boot_once(boot, &mut |event| {
                silent = false;
                waiting = None;
                see(event);
            });
            drop(waiting);
            let ended = ended?;
            left -= 1;
            match ended.outcome.before_a_word(self.boot_limit()) {
                Some(how) if silent && left > 0 && !boot.is_probe => {
                    self.ctx.progress.note(format!(
                        "the guest's kernel {how} before its first process ran; once more:"
                    ));
                }
                _ => return Ok(ended),
            }
        }
    }

    fn boot_once(&self, boot: &Boot, see: &mut dyn FnMut(Event)) -> Result<Ended> {
        let dir = self.dir.join(&boot.name);
        fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
        let console = dir.join("console.log");
        let events = dir.join("events.log");
        let initramfs = dir.join("initramfs");
        initramfs::write(&initramfs, &self.root(boot))?;
        let given = self.args.device.iter().filter(|_| !boot.is_probe);
        let devices: Vec<&str> = boot
            .devices
            .iter()
            .chain(given)
            .map(String::as_str)
            .collect();
        let tables = firmware::tables(&boot.firmware.acpi, &dir)?;
        let setup = Setup {
            arch: self.arch,
            qemu: &self.qemu,
            accel: self.accel,
            kernel: &self.image,
            initramfs: &initramfs,
            memory: self.demands.memory,
            words: self.demands.words,
            append: &self.args.append,
            devices: &devices,
            tables: &tables,
            smbios: &boot.firmware.smbios,
            console: &console,
            events: boot.interactive.then_some(events.as_path()),
            gdb: self.args.gdb && !boot.is_probe,
        };
        let mut command = setup.command();
        let shown = process::show(&command);
        let mut outcome = Outcome::Dry;
        if self.args.dry_run && !boot.is_probe {
            println!("{shown}");
            print!("{}", boot.plan.encode());
        } else {
            if self.ctx.verbose {
                eprintln!("+ {shown}");
            }
            if setup.gdb {
                eprintln!("the guest waits for: gdb -ex 'target remote :1234' vmlinux");
            }
            let _ = fs::remove_file(&console);
            let _ = fs::remove_file(&events);
            if !boot.interactive {
                command.stdin(Stdio::null()).stdout(Stdio::piped());
            }
            let errors = dir.join("qemu.log");
            let file = fs::File::create(&errors)
                .with_context(|| format!("cannot write {}", errors.display()))?;
            command.stderr(file);
            // SAFETY: between fork and exec, the closure makes one system call and nothing else.
            unsafe {
                // QEMU must not outlive us, whoever ends us.
                command.pre_exec(|| Ok(set_parent_process_death_signal(Some(Signal::TERM))?))
            };
            let mut child = command
                .spawn()
                .with_context(|| format!("cannot start {}", self.qemu.display()))?;
            let limit = self.limit(boot);
            outcome = if boot.interactive {
                wait_interactive(&mut child, limit, &events, see)?
            } else {
                wait_piped(&mut child, limit, self.boot_limit(), see)?
            };
            if let Outcome::Lost(why) = &mut outcome {
                if has_panic(&console) {
                    outcome = Outcome::Panic;
                } else if let Ok(errors) = fs::read_to_string(&errors) {
                    why.push_str(errors.trim_end());
                }
            } else if matches!(outcome, Outcome::Timeout(_)) && has_panic(&console) {
                outcome = Outcome::Panic;
            }
        }
        if self.args.keep && !boot.is_probe {
            eprintln!("kept: {}", dir.display());
            eprintln!("boot it again with: {shown}");
        } else {
            let _ = fs::remove_file(&initramfs);
        }
        Ok(Ended { outcome, console })
    }

    fn root(&self, boot: &Boot) -> Vec<Item> {
        let [_, report, terminal] = self.arch.guest.ports;
        let mut plan = boot.plan.clone();
        let bug = self.arch.guest.bug.join("\n");
        for (key, value) in [
            ("KMOD_REPORT", report),
            ("KMOD_TTY", terminal),
            (kmod_test::BUG, &*bug),
        ] {
            plan.env.push((key.to_owned(), value.to_owned()));
        }
        let mut items = vec![
            Item::copy("/kmod-init", &self.init),
            Item::text(PLAN, plan.encode()),
            Item::copy(CONFIG, &self.config),
        ];
        items.extend(boot.items.iter().cloned());
        items
    }
}

/// The console's last lines.
pub fn last_lines(console: &Path, count: usize) -> Vec<String> {
    let text = fs::read(console).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let from = lines.len().saturating_sub(count);
    lines[from..]
        .iter()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

fn has_panic(console: &Path) -> bool {
    let text = fs::read(console).unwrap_or_default();
    String::from_utf8_lossy(&text).contains("Kernel panic - not syncing")
}

fn wait_piped(
    child: &mut Child,
    limit: Option<Duration>,
    boot_limit: Duration,
    see: &mut dyn FnMut(Event),
) -> Result<Outcome> {
    let lines = reader(child.stdout.take().context("QEMU has no output")?);
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
                    process::wait_at_most(child, POWER_OFF_LIMIT)?;
                    return Ok(Outcome::Finished);
                }
                Some(event) => {
                    silent = false;
                    see(event);
                }
                None => {}
            },
            Err(RecvTimeoutError::Timeout) => {
                process::wait_at_most(child, Duration::ZERO)?;
                return Ok(Outcome::Timeout(limit.unwrap_or_default()));
            }
            Err(RecvTimeoutError::Disconnected) => {
                let status = child.wait().context("cannot wait for QEMU")?;
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

fn wait_interactive(
    child: &mut Child,
    limit: Option<Duration>,
    events: &Path,
    see: &mut dyn FnMut(Event),
) -> Result<Outcome> {
    let status = match limit {
        None => child.wait().context("cannot wait for QEMU")?,
        Some(limit) => match process::wait_at_most(child, limit)? {
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

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
