// SPDX-License-Identifier: GPL-2.0-only
//! The processor architectures: all that differs between them, a record each.
//!
//! A record is a file beside this one and a name in [`ARCHES`]; nothing else in the sources says
//! what architecture it is for, which a test holds. What takes types that only the verifier knows
//! (instructions, relocations) is in `cargo-kmod/verify/src/arch`, under the same name.

mod arm64;
mod riscv64;
mod x86_64;

use std::env;

use crate::config::Config;
use crate::options::Row;

/// The architectures, the one with most users first: it stands for a host that is none of them.
pub static ARCHES: &[&Arch] = &[Arch::FIRST, &arm64::ARCH, &riscv64::ARCH];

/// A processor architecture, as flags, bindings, set-up and VM need to know it.
#[derive(Debug)]
pub struct Arch {
    /// Rust's name of it, which is `uname -m`'s, too.
    pub name: &'static str,
    /// The option that names it in a kernel's configuration.
    pub option: &'static str,
    /// Debian's name of it.
    pub debian: &'static str,
    /// kbuild's (`ARCH=`).
    pub kbuild: &'static str,
    /// What builds its kernels' modules on another machine.
    pub cross: Cross,
    /// How rustc compiles for its kernels.
    pub rustc: Rustc,
    /// kbuild's C flags that clang needs, too, to read the headers: those of this architecture.
    pub clang: &'static [&'static str],
    /// What clang calls a target of it, where Rust's name tells it nothing.
    pub clang_target: Option<&'static str>,
    /// How the kernel's C compiler writes functions, to spare calls of some helpers. Without, all
    /// of them are called.
    pub assembly: Option<Assembly>,
    /// The instruction of no effect as which the kernel knows a branch that is off (`arch_static_branch()`).
    pub static_branch: &'static str,
    /// What its kernels add to the vermagic (`MODULE_ARCH_VERMAGIC`).
    pub vermagic: Option<&'static str>,
    /// Debian's kernels: the flavours and their names, the one for virtual machines first.
    pub flavours: &'static [(Flavour, &'static str)],
    /// The image that a kernel is booted from.
    pub image: Image,
    /// How its kernels' log begins to tell of an exception, where others' do not so.
    pub exceptions: &'static [&'static str],
    /// What emulates it.
    pub qemu: Qemu,
    /// The VM that kernels are booted in, if there is one already.
    pub guest: Option<Guest>,
}

/// What builds the modules of an architecture's kernels, and programs in C, on another machine.
#[derive(Debug)]
pub struct Cross {
    /// What the names of its programs begin with (`CROSS_COMPILE=`).
    pub prefix: &'static str,
    /// Debian's packages of the compilers, with their C libraries.
    pub packages: &'static [&'static str],
    /// The compiler of programs for 32-bit processes, and its flags for them, where kernels run such.
    pub narrow: Option<(&'static str, &'static [&'static str])>,
}

/// How rustc compiles for the kernels of an architecture.
#[derive(Debug)]
pub struct Rustc {
    /// The built-in target.
    pub target: &'static str,
    /// Flags of every kernel.
    pub flags: &'static [&'static str],
    /// What a kernel's configuration adds, before what it adds on every architecture.
    pub options: &'static [Row],
    /// Words of warnings that rustc has whenever some of the flags are given.
    pub warnings: &'static [&'static str],
}

/// How a compiler writes a function that does next to nothing.
#[derive(Debug)]
pub struct Assembly {
    /// The registers that the first arguments come in.
    pub arguments: &'static [Register],
    /// The register that is returned.
    pub result: Register,
    /// Instructions that do nothing but copy between a register and memory.
    pub moves: &'static [&'static str],
    /// What stands for a register of 8, 16, 32 and 64 bits that the compiler may choose: its class, and what
    /// gives it that name in a template of `asm!`.
    pub any: [[&'static str; 2]; 4],
    /// The options of Rust's `asm!` that make it read what C's compiler writes.
    pub options: &'static str,
    /// What begins a line that says nothing to the assembler.
    pub comment: &'static str,
    /// Whether it is an instruction, in words, that changes nothing but registers which a function may change.
    pub moves_operands: fn(&[&str]) -> bool,
    /// Instructions of no effect where no indirect call lands, nothing is patched, and no return is kept in memory.
    pub landing: &'static [&'static str],
    /// What a function may end with that is never run.
    pub stop: &'static str,
    /// A jump to another function: what stands before its name.
    pub jump: &'static str,
    /// A call: what stands before its name, where functions end with a call and a return.
    pub call: Option<&'static str>,
    /// What stands before such a call, and between it and the return.
    pub frame: [&'static [&'static str]; 2],
    /// What a return may be.
    pub returns: &'static [&'static str],
}

/// A register: its names for 8, 16, 32 and 64 bits.
pub type Register = [&'static str; 4];

/// A kind of Debian's kernels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// For virtual machines.
    Cloud,
    /// For machines.
    Plain,
    /// With `PREEMPT_RT`.
    Realtime,
    /// With pages of 16 KiB.
    Pages16,
    /// For everything: there is no other.
    Only,
}

/// The format of a kernel's image.
#[derive(Debug)]
pub struct Image {
    /// What the kernel's build calls it.
    pub name: &'static str,
    /// What Debian's file of it is called, before the release.
    pub file: &'static str,
    /// Whether a file that begins so is one, and of which release, where the format tells.
    pub recognise: fn(&[u8]) -> Option<Option<String>>,
}

/// What emulates an architecture.
#[derive(Debug)]
pub struct Qemu {
    /// The program.
    pub program: &'static str,
    /// Debian's package of it.
    pub package: &'static str,
}

/// A processor's counter, by which a kernel tells the time: QEMU's translator hands the host's through.
#[derive(Clone, Copy, Debug)]
pub struct Counter {
    /// The word of the kernel's command line that says how many thousand turns it takes in a second.
    pub word: &'static str,
    /// Reads it, on a host of that architecture.
    pub read: fn() -> Option<u64>,
}

/// How a process that is traced makes its system call once more: registers by their place among the words that
/// `ptrace(2)` gives of them.
#[derive(Clone, Copy, Debug)]
pub struct Again {
    /// The program counter's.
    pub counter: usize,
    /// How many bytes the instruction has that makes a call.
    pub instruction: u64,
    /// That of the register which has the call's number before.
    pub number: usize,
}

/// A VM.
#[derive(Debug)]
pub struct Guest {
    /// QEMU's options for the machine.
    pub machine: &'static [&'static str],
    /// How many processors it has.
    pub processors: &'static str,
    /// QEMU's translator, as `-accel` takes it: where the architecture's memory is as weakly ordered as any host's, each
    /// processor is a thread of the host's for certain.
    pub translator: &'static str,
    /// Words of the kernel's command line.
    pub words: &'static [&'static str],
    /// The processor's counter, where the guest's is the host's.
    pub counter: Option<Counter>,
    /// Names of three serial ports in the guest.
    pub ports: [&'static str; 3],
    /// QEMU's device for those behind the first, on a machine that has no more of its own.
    pub port: Option<&'static str>,
    /// Whether QEMU takes tables of ACPI for it: its devices are not a device tree's.
    pub has_acpi: bool,
    /// How the kernel's log tells of the exception that a `BUG()` is, and of what comes of it.
    pub bug: &'static [&'static str],
    /// How a system call is made once more, where that has been tried: what injects faults asks.
    pub again: Option<Again>,
    /// Where the code of modules lies, as QEMU's `-dfilter` takes it, in a kernel that is where it was linked to be;
    /// where that has been tried: what tells which lines ran asks.
    pub modules: Option<&'static str>,
    /// Rust's target for the guest's programs.
    pub target: &'static str,
    /// rustc's flags for them: they are linked statically, and where the host may be another, by
    /// Rust's own linker, unless they are cross-linked.
    pub flags: &'static str,
    /// Whether on a host of another architecture its C compiler links them: the target's C library is that
    /// compiler's, and not Rust's.
    pub is_cross_linked: bool,
}

/// What the architectures are called, in words: "a, b and c".
#[must_use]
pub fn in_words(name: fn(&Arch) -> &'static str) -> String {
    let names: Vec<&str> = ARCHES.iter().map(|arch| name(arch)).collect();
    match names.as_slice() {
        [others @ .., last] if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => names.concat(),
    }
}

/// Records are one each, and named.
impl PartialEq for Arch {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Arch {}

impl Arch {
    /// The one with most users.
    pub const FIRST: &'static Self = &x86_64::ARCH;

    /// The architecture that a kernel was configured for, if it is one of [`ARCHES`].
    #[must_use]
    pub fn of(config: &Config) -> Option<&'static Self> {
        let mut arches = ARCHES.iter().copied();
        arches.find(|arch| config.is_set(arch.option))
    }

    /// The architecture that Rust calls so.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        ARCHES.iter().copied().find(|arch| arch.name == name)
    }

    /// The one that somebody calls so: Rust, Debian or the kernel.
    #[must_use]
    pub fn called(name: &str) -> Option<&'static Self> {
        let mut arches = ARCHES.iter().copied();
        arches.find(|arch| [arch.name, arch.debian, arch.kbuild].contains(&name))
    }

    /// Whether the host is of another.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        self != Self::host()
    }

    /// The one that a build script's crate is compiled for.
    #[must_use]
    pub fn of_build_script() -> Option<&'static Self> {
        Self::named(&env::var("CARGO_CFG_TARGET_ARCH").ok()?)
    }

    /// The host's; one that is not known has what the first has.
    #[must_use]
    pub fn host() -> &'static Self {
        Self::named(env::consts::ARCH).unwrap_or(Self::FIRST)
    }

    /// Debian's name for a flavour, if there is such a kernel.
    #[must_use]
    pub fn flavour(&self, flavour: Flavour) -> Option<&'static str> {
        let mut flavours = self.flavours.iter();
        flavours
            .find(|(kind, _)| *kind == flavour)
            .map(|(_, name)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::{ARCHES, Arch, Flavour};
    use crate::config::Config;

    #[test]
    fn a_configuration_names_one_architecture() {
        for arch in ARCHES {
            let config = Config::parse(&format!("CONFIG_{}=y\n", arch.option));
            assert_eq!(Arch::of(&config).map(|found| found.name), Some(arch.name));
        }
        assert!(Arch::of(&Config::parse("CONFIG_SPARC64=y\n")).is_none());
    }

    /// `kernels` shows what is to be booted by this name.
    #[test]
    fn each_has_a_kernel_for_virtual_machines() {
        for arch in ARCHES {
            let first = arch.flavours.first().map(|(flavour, _)| *flavour);
            assert!(
                matches!(first, Some(Flavour::Cloud | Flavour::Only)),
                "{}",
                arch.name
            );
        }
    }
}
