// SPDX-License-Identifier: GPL-2.0-only
//! Making a bare kernel a place where programs run, and turning it off.

use std::fs;
use std::io;
use std::path::Path;

use rustix::mount::{MountFlags, mount};
use rustix::system::RebootCommand;

/// What is mounted where: type, folder.
const MOUNTS: &[(&str, &str)] = &[
    ("proc", "/proc"),
    ("sysfs", "/sys"),
    ("devtmpfs", "/dev"),
    ("tmpfs", "/tmp"),
    ("tmpfs", "/run"),
    ("debugfs", "/sys/kernel/debug"),
];

/// Filesystems that a kernel may lack.
const OPTIONAL: &[&str] = &["debugfs"];

pub fn prepare() -> io::Result<()> {
    for (fstype, dir) in MOUNTS {
        if !OPTIONAL.contains(fstype) {
            fs::create_dir_all(dir)?;
        }
        let mounted = mount(*fstype, *dir, *fstype, MountFlags::empty(), None);
        if let Err(error) = mounted
            && !OPTIONAL.contains(fstype)
        {
            return Err(io::Error::other(format!("mounting {dir}: {error}")));
        }
    }
    // All levels to the console: it is the log that the host keeps. No limit for programs' lines.
    fs::write("/proc/sys/kernel/printk", "8 4 1 8")?;
    let _ = fs::write("/proc/sys/kernel/printk_devkmsg", "on");
    rustix::system::sethostname(b"kmod")?;
    Ok(())
}

pub fn uptime_ms() -> u64 {
    let text = fs::read_to_string("/proc/uptime").unwrap_or_default();
    let seconds: f64 = text
        .split(' ')
        .next()
        .and_then(|s| s.parse().ok())
        .unwrap_or_default();
    (seconds * 1000.0) as u64
}

/// The names of all loaded modules, newest first.
pub fn loaded_modules() -> Vec<String> {
    fs::read_to_string("/proc/modules")
        .unwrap_or_default()
        .lines()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect()
}

pub fn power_off() -> ! {
    // Where nothing can turn the machine off, it would be halted for ever; QEMU ends at a restart.
    end(match Path::new("/sys/firmware/acpi").exists() {
        true => RebootCommand::PowerOff,
        false => RebootCommand::Restart,
    })
}

/// Ends the machine so.
pub fn end(how: RebootCommand) -> ! {
    rustix::fs::sync();
    let error = rustix::system::reboot(how);
    // PID 1 must not end: that would be a panic, which the host takes for the module's.
    eprintln!("kmod-init: {how:?}: {error:?}");
    loop {
        std::thread::park();
    }
}
