// SPDX-License-Identifier: GPL-2.0-only
//! What differs between guests' architectures. Nothing outside this table knows which one it is.

/// An architecture that a VM can have.
#[derive(Debug)]
pub struct Arch {
    /// Rust's name of it.
    pub name: &'static str,
    /// QEMU's program.
    pub qemu: &'static str,
    /// Debian's package that has the program.
    pub package: &'static str,
    /// The machine's options.
    pub machine: &'static [&'static str],
    /// Words of the kernel's command line.
    pub words: &'static [&'static str],
    /// Names of the first three serial ports in the guest.
    pub ports: [&'static str; 3],
    /// Rust's target for the guest's programs.
    pub target: &'static str,
}

const ARCHES: &[Arch] = &[Arch {
    name: "x86_64",
    qemu: "qemu-system-x86_64",
    package: "qemu-system-x86",
    machine: &["-machine", "q35", "-cpu", "max"],
    // At boot the kernel waits for some ticks of the timer, and panics if they do not come: on a
    // busy host, QEMU's come too late.
    words: &["no_timer_check"],
    ports: ["ttyS0", "ttyS1", "ttyS2"],
    target: "x86_64-unknown-linux-gnu",
}];

impl Arch {
    /// The architecture of that name.
    pub fn find(name: &str) -> Result<&'static Arch, String> {
        ARCHES.iter().find(|arch| arch.name == name).ok_or_else(|| {
            let known: Vec<_> = ARCHES.iter().map(|arch| arch.name).collect();
            format!("there is no VM of it yet, but of {}", known.join(", "))
        })
    }
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
