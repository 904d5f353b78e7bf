// SPDX-License-Identifier: GPL-2.0-only
//! The architectures that a VM can have.

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
    /// The architecture of that name.
    pub fn find(name: &str) -> Result<Self, String> {
        all().find(|arch| arch.name == name).ok_or_else(|| {
            let known: Vec<_> = all().map(|arch| arch.name).collect();
            format!("there is no VM of it yet, but of {}", known.join(", "))
        })
    }
}

fn all() -> impl Iterator<Item = Arch> {
    let of = |arch: &&'static arch::Arch| {
        Some(Arch {
            name: arch.name,
            qemu: &arch.qemu,
            guest: arch.guest.as_ref()?,
        })
    };
    ARCHES.iter().filter_map(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_architecture_names_the_known_ones() {
        let error = Arch::find("vax").unwrap_err();
        assert!(error.contains("x86_64"), "{error}");
    }
}
