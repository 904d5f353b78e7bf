// SPDX-License-Identifier: GPL-2.0-only
//! The architectures that a VM can have.

use crate::error::host;
use anyhow::{Result, bail};
use kmod_build::arch::{self, ARCHES, Guest, Qemu};

/// An architecture that a VM can have.
#[derive(Clone, Copy, Debug)]
pub struct Arch {
    /// Rust's name of it.
    pub name: &'static str,
    /// What emulates it.
    pub qemu: &'static Qemu,
    /// The VM.
    pub guest: &'static Guest,
}

impl Arch {
    /// The VM of an architecture.
    pub fn of(arch: &'static arch::Arch) -> Result<Self> {
        let Some(guest) = &arch.guest else {
            let with = ARCHES.iter().filter(|arch| arch.guest.is_some());
            let known: Vec<_> = with.map(|arch| arch.name).collect();
            bail!(
                host(format!(
                    "there is no VM of {} yet, but of {}",
                    arch.name,
                    known.join(", ")
                ))
                .help("`cargo kmod build` builds for it, to be tried on such a machine")
            );
        };
        Ok(Self {
            name: arch.name,
            qemu: &arch.qemu,
            guest,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_with_a_vm_have_what_it_takes() {
        for arch in ARCHES {
            let vm = Arch::of(arch);
            assert_eq!(vm.is_ok(), arch.guest.is_some(), "{}", arch.name);
        }
    }
}
