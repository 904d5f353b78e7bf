// SPDX-License-Identifier: GPL-2.0-only
//! KVM or TCG. That `/dev/kvm` opens, and even creates a VM, proves nothing: on some nested hosts
//! the guest then makes no progress. So a short boot decides, and the answer is kept until the
//! host's next boot.

use std::fs::{self, OpenOptions};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result};
use kmod_vm::Accel;

use crate::context::Context;
use crate::process;

/// What the user asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum AccelChoice {
    /// KVM if a short boot shows that it works, else TCG
    Auto,
    /// The processor's virtualisation
    Kvm,
    /// QEMU's translator: slower, and works everywhere
    Tcg,
}

/// A boot of a kernel on KVM takes about a second.
pub const PROBE_LIMIT: Duration = Duration::from_secs(6);

/// Decides; `probe` boots a guest with KVM and says whether it came to its end.
pub fn decide(
    ctx: &Context,
    choice: AccelChoice,
    qemu: &Path,
    arch: &str,
    probe: impl FnOnce() -> Result<bool>,
) -> Result<Accel> {
    match choice {
        AccelChoice::Kvm => return Ok(Accel::Kvm),
        AccelChoice::Tcg => return Ok(Accel::Tcg),
        AccelChoice::Auto => {}
    }
    let device = OpenOptions::new().read(true).write(true).open("/dev/kvm");
    if arch != std::env::consts::ARCH || device.is_err() {
        return Ok(Accel::Tcg);
    }
    drop(device);
    let place = ctx.cache.path(format!("accel-{arch}"));
    let key = key(qemu);
    let kept = fs::read_to_string(&place).unwrap_or_default();
    if let Some(accel) = kept_answer(&kept, &key) {
        return Ok(accel);
    }
    let phase = ctx.progress.phase("trying KVM with a short boot");
    let accel = if probe()? { Accel::Kvm } else { Accel::Tcg };
    phase.done_with(match accel {
        Accel::Kvm => "works",
        Accel::Tcg | Accel::Icount => {
            "the guest does not get far; using TCG until this host's next boot"
        }
    });
    if let Some(dir) = place.parent() {
        fs::create_dir_all(dir).with_context(|| format!("cannot create {}", dir.display()))?;
    }
    fs::write(&place, format!("{key}\n{}\n", accel.name()))
        .with_context(|| format!("cannot write {}", place.display()))?;
    Ok(accel)
}

/// The answer holds for one boot of the host and one QEMU.
fn key(qemu: &Path) -> String {
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    let version = process::output(process::command(qemu).arg("--version")).unwrap_or_default();
    let version = version.lines().next().unwrap_or_default();
    format!("{} {version}", boot.trim())
}

fn kept_answer(kept: &str, key: &str) -> Option<Accel> {
    let mut lines = kept.lines();
    if lines.next()? != key {
        return None;
    }
    match lines.next()? {
        "kvm" => Some(Accel::Kvm),
        "tcg" => Some(Accel::Tcg),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_holds_for_its_key_only() {
        assert_eq!(kept_answer("a 1\ntcg\n", "a 1"), Some(Accel::Tcg));
        assert_eq!(kept_answer("a 1\nkvm\n", "a 1"), Some(Accel::Kvm));
        assert_eq!(kept_answer("a 1\nkvm\n", "b 1"), None);
        assert_eq!(kept_answer("", "a 1"), None);
        assert_eq!(kept_answer("a 1\n", "a 1"), None);
    }
}
