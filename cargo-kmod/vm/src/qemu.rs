// SPDX-License-Identifier: GPL-2.0-only
//! QEMU's command line.

use std::path::{Path, PathBuf};
use std::process::{self, Command};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::{Machine, clock};

/// One boot, as QEMU needs to know it.
#[derive(Clone)]
pub(crate) struct Setup<'a> {
    pub machine: &'a Machine,
    pub initramfs: &'a Path,
    /// Devices beside those of every machine.
    pub devices: &'a [String],
    /// What some of them connect by.
    pub chardevs: &'a [String],
    /// ACPI tables beside the machine's own.
    pub tables: &'a [PathBuf],
    /// What DMI says.
    pub smbios: &'a [String],
    /// Where the console's log goes.
    pub console: &'a Path,
    /// Of which addresses the code that runs is logged, and where.
    pub code: Option<(&'a str, &'a Path)>,
    /// Where the guest's events go; QEMU's standard output when there is none.
    pub events: Option<&'a Path>,
    /// Whether QEMU's monitor is behind the third port, if nobody else is.
    pub monitor: bool,
}

impl Setup<'_> {
    /// The command. With `events` elsewhere, standard input and output are the third port's.
    pub fn command(&self) -> Command {
        let machine = self.machine;
        let guest = machine.arch.guest;
        let mut command = Command::new(&machine.qemu);
        command
            .args(guest.machine)
            .args(machine.accel.options(guest, self.monitor))
            .args(["-m", &machine.memory.to_string()])
            .args(["-nodefaults", "-no-user-config", "-display", "none"])
            .arg("-no-reboot")
            .args(["-serial", &format!("file:{}", self.console.display())]);
        let mut port = |id: &str, behind: &str| {
            command.args(["-chardev", &format!("{behind},id={id}")]);
            match guest.port {
                None => command.args(["-serial", &format!("chardev:{id}")]),
                Some(device) => command.args(["-device", &format!("{device},chardev={id}")]),
            };
        };
        match self.events {
            None if self.monitor => {
                let socket = format!("socket,abstract=on,path={}", socket_name());
                port("events", "stdio");
                port("terminal", &format!("{socket},server=on,wait=off"));
                // QEMU is at both ends.
                command.args(["-chardev", &format!("{socket},id=monitor")]);
                command.args(["-mon", "chardev=monitor,mode=control"]);
            }
            None => port("events", "stdio"),
            Some(file) => {
                port("events", &format!("file,path={}", file.display()));
                port("terminal", "stdio,signal=off");
            }
        }
        for chardev in self.chardevs {
            command.args(["-chardev", chardev]);
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
        if machine.gdb {
            command.args(["-gdb", "tcp::1234", "-S"]);
        }
        if let Some((range, log)) = self.code {
            command
                .args(["-d", "in_asm", "-dfilter", range, "-D"])
                .arg(log);
        }
        command
            .arg("-kernel")
            .arg(&machine.kernel)
            .arg("-initrd")
            .arg(self.initramfs)
            .args(["-append", &self.kernel_command_line()]);
        command
    }

    fn kernel_command_line(&self) -> String {
        let machine = self.machine;
        let guest = machine.arch.guest;
        let console = format!("console={}", guest.ports[0]);
        let mut words = vec![console.as_str(), "quiet", "panic=-1"];
        // PREEMPT_RT's threads find that QEMU's serial port has already taken its interrupt back;
        // after some thousands of these the kernel would give the port up.
        words.push("noirqdebug");
        // The kernel's tests of its own cryptography take a tenth of a boot under TCG.
        words.push("cryptomgr.notests");
        words.extend(guest.words);
        let clock = clock::word(machine.arch, machine.accel);
        words.extend(clock.as_deref());
        words.push("rdinit=/kmod-init");
        if machine.gdb || machine.code.is_some() {
            words.push("nokaslr");
        }
        words.extend(machine.words.iter().map(String::as_str));
        words.join(" ")
    }
}

/// The name of a socket of a boot's, which has no file: the name of one must be short.
pub(crate) fn socket_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let next = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("kmod-vm-{}-{next}", process::id())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Accel, Arch};

    #[test]
    fn options_reach_the_command_line() {
        let arch = Arch::of(kmod_build::arch::Arch::FIRST).unwrap();
        let machine = Machine {
            accel: Accel::Tcg,
            memory: 768,
            words: ["kasan_multi_shot", "foo=1"].map(str::to_owned).into(),
            gdb: true,
            ..Machine::new(arch)
        };
        let devices = ["edu", "pci-testdev,membar=4096"].map(str::to_owned);
        let setup = Setup {
            machine: &machine,
            initramfs: Path::new("/i"),
            devices: &devices,
            chardevs: &["null,id=c".to_owned()],
            tables: &[PathBuf::from("/t.aml")],
            smbios: &["type=1,product=x".to_owned()],
            console: Path::new("/c"),
            code: Some(("0xf000+0x10", Path::new("/l"))),
            events: None,
            monitor: true,
        };
        let shown = |setup: Setup<'_>| {
            let command = setup.command();
            let words = command.get_args().map(|word| word.to_string_lossy());
            words.collect::<Vec<_>>().join(" ")
        };
        let interactive = Setup {
            events: Some(Path::new("/e")),
            ..setup.clone()
        };
        let [shown, interactive] = [setup, interactive].map(shown);
        for words in [
            // Of a machine that is changed.
            "-accel tcg,thread=single -smp 2",
            "-m 768 ",
            "rdinit=/kmod-init nokaslr kasan_multi_shot foo=1",
            "-chardev null,id=c -device edu -device pci-testdev,membar=4096",
            "-acpitable file=/t.aml -smbios type=1,product=x",
            "-gdb tcp::1234 -S",
            "-d in_asm -dfilter 0xf000+0x10 -D /l",
        ] {
            assert!(shown.contains(words), "{shown}");
        }
        assert!(
            shown.contains("-mon chardev=monitor,mode=control"),
            "{shown}"
        );
        assert!(!interactive.contains("-mon"), "{interactive}");
    }

    /// Memory that is weakly ordered needs processors that run at once.
    #[test]
    fn processors_of_other_architectures_are_threads() {
        for arch in kmod_build::arch::ARCHES
            .iter()
            .filter(|arch| arch.is_foreign())
        {
            let Ok(arch) = Arch::of(arch) else { continue };
            let options = |accel: Accel| accel.options(arch.guest, false).join(" ");
            if kmod_build::arch::Arch::host() == kmod_build::arch::Arch::FIRST {
                assert_eq!(options(Accel::Tcg), "-accel tcg,thread=multi -smp 4");
            }
            let counting = "-accel tcg,thread=single -smp 1 -icount shift=0,sleep=off";
            assert_eq!(options(Accel::Icount), counting);
        }
    }
}
