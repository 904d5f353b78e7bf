// SPDX-License-Identifier: GPL-2.0-only
//! What machines that boot a Debian have in common: keys, packages that are signed, a disk, and what the guest tells.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Root;
use super::firmware::Firmware;
use crate::packages::run;
use crate::support::kmod;

/// What a guest's trial begins with: a line for each thing that holds, or does not.
const CHECKS: &str = r#"
check() {
	what=$1; shift
	if "$@" > /run/said 2>&1; then echo "TRIAL ok: $what"; else echo "TRIAL not: $what: $(tr '\n' ' ' < /run/said)"; fi
}
refused() { ! "$@"; }
says() { words=$1; shift; "$@" > /run/says 2>&1; cat /run/says; grep -q "$words" /run/says; }
loaded() { grep -q "^$1 " /proc/modules; }
"#;

/// The unit of a trial after which the guest is off.
pub const TRIAL_UNIT: &str = "[Unit]\nAfter=multi-user.target\n\n[Service]\nType=oneshot\n\
    ExecStart=/bin/sh /srv/trial\nExecStopPost=/bin/systemctl poweroff --force\n\
    StandardOutput=tty\nStandardError=tty\nTTYPath=/dev/ttyS0\n";

/// A key that signs modules, and its certificate in two forms.
pub fn key(folder: &Path) -> Vec<u8> {
    let mut openssl = Command::new("openssl");
    openssl.args(["req", "-new", "-x509", "-newkey", "rsa:2048", "-nodes"]);
    openssl.args(["-days", "30", "-subj", "/CN=kmod trial/"]);
    openssl.args(["-keyout", "key.pem", "-out", "cert.pem"]);
    run(openssl.current_dir(folder));
    let mut der = Command::new("openssl");
    der.args([
        "x509", "-in", "cert.pem", "-outform", "DER", "-out", "cert.der",
    ]);
    run(der.current_dir(folder));
    fs::read(folder.join("cert.der")).unwrap()
}

/// Packages that are signed by the key in `folder`, of the crate in `dir` or a package of the workspace there.
pub fn signed(dir: &Path, folder: &Path, out: &str, package: &[&str]) -> Vec<PathBuf> {
    let [key, certificate, out] = ["key.pem", "cert.pem", out]
        .map(|file| folder.join(file).into_os_string().into_string().unwrap());
    let sign = [
        "--sign-key",
        &key,
        "--sign-cert",
        &certificate,
        "--out",
        &out,
    ];
    let said = kmod(dir, &[&["package"][..], &sign, package].concat())
        .env("DEBFULLNAME", "The kmod developers".as_ref())
        .env("DEBEMAIL", "kmod@example.org".as_ref())
        .run();
    assert_eq!(said.code, 0, "{said:?}");
    said.out.lines().map(PathBuf::from).collect()
}

/// Has the root try this when it has booted, by a unit of systemd's.
pub fn tries(root: &Root, trial: &str, unit: &str) {
    fs::write(root.dir().join("srv/trial"), CHECKS.to_owned() + trial).unwrap();
    let units = root.dir().join("etc/systemd/system");
    fs::write(units.join("trial.service"), unit).unwrap();
    // Nobody else is to take the console.
    root.does(&["systemctl", "mask", "serial-getty@ttyS0.service"]);
    let wants = "multi-user.target";
    root.does(&["systemctl", "add-wants", wants, "trial.service"]);
}

/// The root as a disk.
pub fn disk(root: &Path, file: &Path) {
    run(Command::new("mke2fs")
        .args(["-q", "-t", "ext4", "-d"])
        .args([root, file])
        .arg("3G"));
}

/// Replaces words of a file that are there.
pub fn replaced(file: &Path, pairs: &[(&str, &str)]) {
    let mut text = fs::read_to_string(file).unwrap();
    for (old, new) in pairs {
        assert!(text.contains(old), "no {old} in {text}");
        text = text.replace(old, new);
    }
    fs::write(file, text).unwrap();
}

/// What the guest says at its console, until it is off.
pub fn boots(firmware: &Firmware, root: &Path, release: &str, disk: &Path) -> String {
    let console = disk.with_extension("console");
    let drive = format!("if=virtio,format=raw,file={}", disk.display());
    let mut qemu = Command::new("timeout");
    qemu.args(["3000", "qemu-system-x86_64", "-machine"])
        .args([
            "q35,accel=tcg",
            "-cpu",
            "max",
            "-smp",
            "2",
            "-m",
            "1024",
            "-nodefaults",
            "-no-reboot",
        ])
        .args([
            "-display",
            "none",
            "-serial",
            &format!("file:{}", console.display()),
        ])
        .args(firmware.drives())
        .args(["-drive", &drive])
        .arg("-kernel")
        .arg(root.join(format!("boot/vmlinuz-{release}")))
        .arg("-initrd")
        .arg(root.join(format!("srv/initrd.img-{release}")))
        .args([
            "-append",
            // On a busy host the check would find the machine's timer broken, and the kernel would stop.
            "root=/dev/vda rw console=ttyS0 module.sig_enforce=1 systemd.show_status=0 no_timer_check",
        ]);
    run(&mut qemu);
    String::from_utf8_lossy(&fs::read(console).unwrap()).into_owned()
}
