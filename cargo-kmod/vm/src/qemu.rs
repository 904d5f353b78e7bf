// SPDX-License-Identifier: GPL-2.0-only
//! QEMU's command line.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::Arch;
use super::accel::Accel;
use crate::error::host;
use crate::process;

/// One boot, as QEMU needs to know it.
pub struct Setup<'a> {
    pub arch: Arch,
    pub qemu: &'a Path,
    pub accel: Accel,
    pub kernel: &'a Path,
    pub initramfs: &'a Path,
    /// In megabytes.
    pub memory: u32,
    /// Words that the kernel asks for.
    pub words: &'a [&'a str],
    /// The user's.
    pub append: &'a [String],
    /// Devices beside the machine's own.
    pub devices: &'a [&'a str],
    /// ACPI tables beside the machine's own.
    pub tables: &'a [PathBuf],
    /// What DMI says.
    pub smbios: &'a [String],
    /// Where the console's log goes.
    pub console: &'a Path,
    /// Where the guest's events go; QEMU's standard output when there is none.
    pub events: Option<&'a Path>,
    pub gdb: bool,
}

/// QEMU's program for the architecture.
pub fn find(arch: Arch) -> Result<PathBuf> {
    found(arch, process::which(arch.qemu.program))
}

fn found(arch: Arch, program: Option<PathBuf>) -> Result<PathBuf> {
    match program {
        Some(program) => Ok(program),
        None => bail!(
            host(format!(
                "{} is not there: no VM can be booted",
                arch.qemu.program
            ))
            .help(format!("sudo apt-get install {}", arch.qemu.package))
        ),
    }
}

impl Setup<'_> {
    /// The command. With `events` elsewhere, standard input and output are the third port's.
    pub fn command(&self) -> Command {
        let mut command = process::command(self.qemu);
        command
            .args(self.arch.guest.machine)
            .args(self.accel.options())
            .args(["-m", &self.memory.to_string()])
            .args(["-nodefaults", "-no-user-config", "-display", "none"])
            .arg("-no-reboot")
            .args(["-serial", &format!("file:{}", self.console.display())]);
        let mut port = |id: &str, behind: &str| {
            command.args(["-chardev", &format!("{behind},id={id}")]);
            match self.arch.guest.port {
                None => command.args(["-serial", &format!("chardev:{id}")]),
                Some(device) => command.args(["-device", &format!("{device},chardev={id}")]),
            };
        };
        match self.events {
            None => port("events", "stdio"),
            Some(file) => {
                port("events", &format!("file,path={}", file.display()));
                port("terminal", "stdio,signal=off");
            }
        }
        for device in self.devices {
            command.args(["-device", device]);
        }
        for table in self.tables {
            command.args(["-acpitable", &format!("file={}", table.display())]);
        }
        for text in self.smbios {
            command.args(["-smbios", text]);
        }
        if self.gdb {
            command.args(["-gdb", "tcp::1234", "-S"]);
        }
        command
            .arg("-kernel")
            .arg(self.kernel)
            .arg("-initrd")
            .arg(self.initramfs)
            .args(["-append", &self.kernel_command_line()]);
        command
    }

    fn kernel_command_line(&self) -> String {
        let console = format!("console={}", self.arch.guest.ports[0]);
        let mut words = vec![console.as_str(), "quiet", "panic=-1"];
        // PREEMPT_RT's threads find that QEMU's serial port has already taken its interrupt back;
        // after some thousands of these the kernel would give the port up.
        words.push("noirqdebug");
        // The kernel's tests of its own cryptography take a tenth of a boot under TCG.
        words.push("cryptomgr.notests");
        words.extend(self.arch.guest.words);
        words.extend(self.words);
        words.push("rdinit=/kmod-init");
        if self.gdb {
            words.push("nokaslr");
        }
        words.extend(self.append.iter().map(String::as_str));
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_qemu_names_the_package() {
        let error = found(Arch::of(kmod_build::arch::Arch::FIRST).unwrap(), None).unwrap_err();
        let said = crate::error::message(&error);
        assert!(said.contains("apt-get install qemu-system-x86"), "{said}");
    }

    #[test]
    fn options_reach_the_command_line() {
        let append = ["foo=1".to_owned(), "bar".to_owned()];
        let setup = Setup {
            arch: Arch::of(kmod_build::arch::Arch::FIRST).unwrap(),
            qemu: Path::new("qemu"),
            accel: Accel::Tcg,
            kernel: Path::new("/k"),
            initramfs: Path::new("/i"),
            memory: 768,
            words: &["kasan_multi_shot"],
            append: &append,
            devices: &["edu", "pci-testdev,membar=4096"],
            tables: &[PathBuf::from("/t.aml")],
            smbios: &["type=1,product=x".to_owned()],
            console: Path::new("/c"),
            events: None,
            gdb: true,
        };
        let shown = process::show(&setup.command());
        assert!(shown.contains("-accel tcg"), "{shown}");
        assert!(shown.contains("-m 768 "), "{shown}");
        assert!(
            shown.contains("tsc=reliable kasan_multi_shot rdinit=/kmod-init nokaslr foo=1 bar"),
            "{shown}"
        );
        assert!(
            shown.contains("-device edu -device pci-testdev,membar=4096"),
            "{shown}"
        );
        assert!(
            shown.contains("-acpitable file=/t.aml -smbios type=1,product=x"),
            "{shown}"
        );
        assert!(shown.contains("-gdb tcp::1234 -S"), "{shown}");
    }
}
