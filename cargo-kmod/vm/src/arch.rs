// SPDX-License-Identifier: GPL-2.0-only
//! The architectures that a VM can have.

use kmod_build::arch::{self, ARCHES, Guest, Qemu};

use crate::Error;

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
    ///
    /// # Errors
    ///
    /// [`Error::NoVm`] when modules are built for it, and nothing is known of a VM.
    pub fn of(arch: &'static arch::Arch) -> Result<Self, Error> {
        let Some(guest) = &arch.guest else {
            let with = ARCHES.iter().filter(|arch| arch.guest.is_some());
            return Err(Error::NoVm {
                arch: arch.name,
                known: with.map(|arch| arch.name).collect(),
            });
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
