// SPDX-License-Identifier: GPL-2.0-only
//! What boots have in common, and what is ready to be booted.

use std::fs::{self, File};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use kmod_build::arch::Again;
use kmod_test::wire::{AGAIN, CONFIG, Event, PLAN};
use rustix::process::{Signal, set_parent_process_death_signal};

use crate::boot::{self, Boot, Ended, Outcome};
use crate::doorbell::{Server, Wired};
use crate::error::{Cannot as _, Error};
use crate::initramfs::{self, Item};
use crate::qemu::{Setup, socket_name};
use crate::{Accel, Arch, acpi};

/// A machine, and the kernel that it boots.
#[derive(Clone, Debug)]
pub struct Machine {
    /// Its architecture.
    pub arch: Arch,
    /// QEMU's program for that architecture.
    pub qemu: PathBuf,
    /// What runs the guest's code.
    pub accel: Accel,
    /// The kernel's image.
    pub kernel: PathBuf,
    /// The kernel's configuration, for the tests that ask it: a file of lines `CONFIG_NAME=value`.
    pub config: Option<PathBuf>,
    /// `kmod-init`, of the crate `kmod_test`, linked statically.
    pub init: PathBuf,
    /// In megabytes.
    pub memory: u32,
    /// Words for the kernel's command line.
    pub words: Vec<String>,
    /// Devices, each as QEMU's `-device` takes it.
    pub devices: Vec<String>,
    /// Whether QEMU waits for gdb on port 1234, and the kernel stays where its symbols say.
    pub gdb: bool,
    /// Addresses of which QEMU's translator shall log the code when it first runs, as QEMU's `-dfilter` takes them.
    pub code: Option<&'static str>,
    /// From QEMU's start to the guest's first word.
    pub boot_limit: Duration,
    /// Where each boot has its folder.
    pub dir: PathBuf,
}

impl Machine {
    /// A machine with 512 MB of memory and 90 seconds for a kernel to start, which has neither kernel nor
    /// init yet.
    #[must_use]
    pub fn new(arch: Arch) -> Self {
        Self {
            arch,
            qemu: arch.qemu.program.into(),
            accel: Accel::Tcg,
            kernel: PathBuf::new(),
            config: None,
            init: PathBuf::new(),
            memory: 512,
            words: Vec::new(),
            devices: Vec::new(),
            gdb: false,
            code: None,
            boot_limit: Duration::from_secs(90),
            dir: PathBuf::new(),
        }
    }

    /// Boots, hands over each event, and waits for the end.
    ///
    /// # Errors
    ///
    /// Those of [`Machine::ready`] and [`Ready::boot`].
    pub fn boot(&self, boot: &Boot, see: &mut dyn FnMut(Event)) -> Result<Ended, Error> {
        self.ready(boot)?.boot(see)
    }

    /// Makes what the boot needs, in a folder named after it: the initramfs, ACPI tables.
    ///
    /// # Errors
    ///
    /// When a file of the root cannot be read, the folder cannot be written to, or a source is no table.
    pub fn ready(&self, boot: &Boot) -> Result<Ready, Error> {
        let dir = self.dir.join(&boot.name);
        fs::create_dir_all(&dir).cannot(|| format!("create {}", dir.display()))?;
        let devices: Vec<_> = boot.devices.iter().chain(&self.devices).collect();
        let wired = Wired::new(&devices, &socket_name())?;
        let initramfs = dir.join("initramfs");
        initramfs::write(&initramfs, &self.root(boot))?;
        let console = dir.join("console.log");
        let events = boot.interactive.then(|| dir.join("events.log"));
        let code = self.code.map(|range| (range, dir.join("code.log")));
        let tables = if self.arch.guest.has_acpi {
            acpi::tables(&boot.acpi, &dir)?
        } else {
            Vec::new()
        };
        let command = Setup {
            machine: self,
            initramfs: &initramfs,
            devices: &wired.devices,
            chardevs: &wired.chardevs,
            tables: &tables,
            smbios: &boot.smbios,
            console: &console,
            code: code.as_ref().map(|(range, log)| (*range, &**log)),
            events: events.as_deref(),
            monitor: boot.monitor,
        }
        .command();
        Ok(Ready {
            command,
            console,
            events,
            code: code.map(|(_, log)| log),
            initramfs,
            server: wired.server,
            limit: boot.limit,
            boot_limit: self.boot_limit,
        })
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
        if boot.monitor && !boot.interactive {
            let port = (kmod_test::MONITOR.to_owned(), terminal.to_owned());
            plan.env.push(port);
        }
        if let Some(again) = self.arch.guest.again {
            let Again {
                counter,
                instruction,
                number,
            } = again;
            let told = format!("{counter} {instruction} {number}");
            plan.env.push((AGAIN.to_owned(), told));
        }
        let mut items = vec![
            Item::copy("/kmod-init", &self.init),
            Item::text(PLAN, plan.encode()),
        ];
        let config = self.config.iter();
        items.extend(config.map(|config| Item::copy(CONFIG, config)));
        items.extend(boot.items.iter().cloned());
        items
    }
}

/// A boot of which all is there but the VM.
#[derive(Debug)]
pub struct Ready {
    command: Command,
    console: PathBuf,
    /// Where events go, when the terminal is the guest's.
    events: Option<PathBuf>,
    code: Option<PathBuf>,
    initramfs: PathBuf,
    /// What its devices connect to.
    server: Option<Server>,
    limit: Option<Duration>,
    boot_limit: Duration,
}

impl Ready {
    /// QEMU's command, to be shown.
    #[must_use]
    pub fn command(&self) -> &Command {
        &self.command
    }

    /// QEMU's command, to be given another environment.
    pub fn command_mut(&mut self) -> &mut Command {
        &mut self.command
    }

    /// The folder with the initramfs, and with the logs after the boot.
    #[must_use]
    pub fn dir(&self) -> &Path {
        self.console.parent().unwrap_or(&self.console)
    }

    /// Where the log of the guest's console will be.
    #[must_use]
    pub fn console(&self) -> &Path {
        &self.console
    }

    /// Boots, hands over each event, and waits for the end. A VM that outlives its time limit is ended.
    ///
    /// # Errors
    ///
    /// When QEMU cannot be started, or not be waited for.
    pub fn boot(&mut self, see: &mut dyn FnMut(Event)) -> Result<Ended, Error> {
        let command = &mut self.command;
        // Of an earlier boot.
        let _ = fs::remove_file(&self.console);
        if let Some(events) = &self.events {
            let _ = fs::remove_file(events);
        } else {
            command.stdin(Stdio::null()).stdout(Stdio::piped());
        }
        let errors = self.console.with_file_name("qemu.log");
        let file = File::create(&errors).cannot(|| format!("write {}", errors.display()))?;
        command.stderr(file);
        // SAFETY: between fork and exec, the closure makes one system call and nothing else.
        unsafe {
            // QEMU must not outlive us, whoever ends us.
            command.pre_exec(|| Ok(set_parent_process_death_signal(Some(Signal::TERM))?))
        };
        let server = self.server.as_ref().map(Server::start).transpose();
        let _serves = server.cannot(|| "serve ivshmem-doorbell".into())?;
        let mut child = command
            .spawn()
            .cannot(|| format!("start {}", command.get_program().display()))?;
        let mut outcome = match &self.events {
            Some(events) => boot::wait_interactive(&mut child, self.limit, events, see)?,
            None => boot::wait_piped(&mut child, self.limit, self.boot_limit, see)?,
        };
        if let Outcome::Lost(why) = &mut outcome {
            if boot::has_panic(&self.console) {
                outcome = Outcome::Panic;
            } else if let Ok(errors) = fs::read_to_string(&errors) {
                why.push_str(errors.trim_end());
            }
        } else if matches!(outcome, Outcome::Timeout(_)) && boot::has_panic(&self.console) {
            outcome = Outcome::Panic;
        }
        Ok(Ended {
            outcome,
            console: self.console.clone(),
            code: self.code.clone(),
        })
    }

    /// Removes the initramfs, which is large; the logs stay.
    pub fn tidy(&self) {
        let _ = fs::remove_file(&self.initramfs);
    }
}
