// SPDX-License-Identifier: GPL-2.0-only
//! The Rust compiler's flags for a kernel, from the kernel's own configuration.
//!
//! The facts are those of the kernel's `Makefile` and `arch/*/Makefile`; each row of `TABLE` is
//! one option that changes code generation.

use crate::config::Config;

/// A processor architecture, with all that differs between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arch {
    /// The kernel's name of it (`SRCARCH`).
    pub name: &'static str,
    /// The option that names it in a kernel's configuration.
    option: &'static str,
    /// rustc's built-in target.
    pub target: &'static str,
    /// Flags of every kernel of this architecture.
    flags: &'static [&'static str],
}

/// The architectures that kernels can be built for.
pub const ARCHES: &[Arch] = &[Arch {
    name: "x86",
    option: "X86_64",
    target: "x86_64-unknown-none",
    // Without `plt`, functions that `core` declares (memcmp) would be called through a GOT, which
    // modules do not have.
    flags: &[
        "-Ccode-model=kernel",
        "-Crelocation-model=static",
        "-Zplt=yes",
    ],
}];

impl Arch {
    /// The architecture that a kernel was configured for, if it is one of [`ARCHES`].
    #[must_use]
    pub fn of(config: &Config) -> Option<Self> {
        ARCHES
            .iter()
            .find(|arch| config.is_set(arch.option))
            .copied()
    }
}

/// One configuration option that changes code generation.
struct Row {
    arch: Option<&'static str>,
    /// Names of the option; kernels have renamed some.
    options: &'static [&'static str],
    flags: Flags,
}

enum Flags {
    /// Given when the option is set.
    Set(&'static [&'static str]),
    /// Given when it is not.
    Unset(&'static [&'static str]),
    /// The compiler has no such thing; what that means for a module.
    None(&'static str),
}

const TABLE: &[Row] = &[
    Row {
        arch: Some("x86"),
        options: &["RETPOLINE", "MITIGATION_RETPOLINE"],
        flags: Flags::Set(&["-Zretpoline-external-thunk", "-Zindirect-branch-cs-prefix"]),
    },
    Row {
        arch: Some("x86"),
        options: &["RETHUNK", "MITIGATION_RETHUNK"],
        flags: Flags::Set(&["-Zfunction-return=thunk-extern"]),
    },
    Row {
        arch: Some("x86"),
        options: &["SLS", "MITIGATION_SLS"],
        flags: Flags::Set(&["-Ctarget-feature=+harden-sls-ret,+harden-sls-ijmp"]),
    },
    Row {
        arch: Some("x86"),
        options: &["X86_KERNEL_IBT"],
        flags: Flags::Set(&["-Zcf-protection=branch"]),
    },
    Row {
        // Where indirect branches are mitigated or tracked, the kernel has no jump tables.
        arch: Some("x86"),
        options: &["RETPOLINE", "MITIGATION_RETPOLINE", "X86_KERNEL_IBT"],
        flags: Flags::Set(&["-Cjump-tables=n"]),
    },
    Row {
        arch: Some("x86"),
        options: &["CALL_PADDING"],
        flags: Flags::Set(&["-Zpatchable-function-entry=16,16"]),
    },
    Row {
        arch: Some("x86"),
        options: &["FUNCTION_ALIGNMENT_16B"],
        flags: Flags::Set(&["-Zmin-function-alignment=16"]),
    },
    Row {
        arch: None,
        options: &["FRAME_POINTER"],
        flags: Flags::Set(&["-Cforce-frame-pointers=y"]),
    },
    Row {
        arch: None,
        options: &["FRAME_POINTER"],
        flags: Flags::Unset(&["-Cforce-frame-pointers=n"]),
    },
    Row {
        arch: None,
        options: &["STACKPROTECTOR"],
        flags: Flags::None(
            "rustc cannot use the kernel's stack-protector guard: Rust functions have no canary \
             (they have bounds checks instead)",
        ),
    },
    Row {
        arch: None,
        options: &["FUNCTION_TRACER"],
        flags: Flags::None("rustc has no -mfentry: ftrace does not see Rust functions"),
    },
    Row {
        arch: None,
        options: &["INIT_STACK_ALL_ZERO", "INIT_STACK_ALL_PATTERN"],
        flags: Flags::None(
            "rustc does not initialise the stack by itself: safe Rust never reads it uninitialised",
        ),
    },
    Row {
        arch: None,
        options: &["CFI_CLANG", "CFI"],
        flags: Flags::Set(&["-Zsanitizer=kcfi", "-Zsanitizer-cfi-normalize-integers"]),
    },
];

/// Flags of every kernel build.
const ALWAYS: &[&str] = &[
    // objtool knows Rust's noreturn functions by their v0 names.
    "-Csymbol-mangling-version=v0",
    "-Cpanic=abort",
    "-Cforce-unwind-tables=n",
];

/// What a kernel asks of rustc.
#[derive(Clone, Debug)]
pub struct RustFlags {
    /// rustc's target.
    pub target: &'static str,
    /// The flags, in an order that does not change.
    pub flags: Vec<String>,
    /// What the kernel's configuration asks for and the compiler has not.
    pub unsupported: Vec<&'static str>,
}

impl RustFlags {
    /// The flags for a kernel, or nothing if its architecture is not one of [`ARCHES`].
    #[must_use]
    pub fn of(config: &Config) -> Option<Self> {
        let arch = Arch::of(config)?;
        let mut flags: Vec<String> = arch
            .flags
            .iter()
            .chain(ALWAYS)
            .map(|&flag| flag.to_owned())
            .collect();
        let mut unsupported = Vec::new();
        for row in TABLE
            .iter()
            .filter(|row| row.arch.is_none_or(|name| name == arch.name))
        {
            let set = row.options.iter().any(|option| config.is_set(option));
            match row.flags {
                Flags::Set(row) if set => flags.extend(row.iter().map(|&flag| flag.to_owned())),
                Flags::Unset(row) if !set => flags.extend(row.iter().map(|&flag| flag.to_owned())),
                Flags::None(meaning) if set => unsupported.push(meaning),
                _ => {}
            }
        }
        Some(Self {
            target: arch.target,
            flags,
            unsupported,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::RustFlags;
    use crate::config::Config;

    fn flags(config: &str) -> RustFlags {
        RustFlags::of(&Config::parse(config)).expect("an architecture that is in the table")
    }

    #[test]
    fn an_unknown_architecture_has_no_flags() {
        assert!(RustFlags::of(&Config::parse("CONFIG_SPARC64=y\n")).is_none());
    }

    #[test]
    fn mitigations_follow_the_configuration_under_both_names() {
        for name in ["RETHUNK", "MITIGATION_RETHUNK"] {
            let flags = flags(&format!("CONFIG_X86_64=y\nCONFIG_{name}=y\n")).flags;
            assert!(
                flags
                    .iter()
                    .any(|flag| flag == "-Zfunction-return=thunk-extern")
            );
        }
        let plain = flags("CONFIG_X86_64=y\n").flags;
        assert!(!plain.iter().any(|flag| flag.contains("thunk")));
    }

    #[test]
    fn what_the_compiler_has_not_is_told() {
        assert!(flags("CONFIG_X86_64=y\n").unsupported.is_empty());
        let told = flags("CONFIG_X86_64=y\nCONFIG_FUNCTION_TRACER=y\n").unsupported;
        assert_eq!(told.len(), 1);
    }
}
