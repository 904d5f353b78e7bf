// SPDX-License-Identifier: GPL-2.0-only
//! The Rust compiler's flags for a kernel, from the kernel's own configuration.
//!
//! What every kernel asks for is here, and of an architecture in its record ([`arch`](crate::arch));
//! [`options`](crate::options) has the table of what a configuration adds.

use crate::arch::Arch;
use crate::config::Config;
use crate::options::{ComesTo, TABLE};

/// Flags of every kernel build; those of an option come after, and count.
const ALWAYS: &[&str] = &[
    // objtool knows Rust's noreturn functions by their v0 names.
    "-Csymbol-mangling-version=v0",
    "-Cpanic=abort",
    "-Cforce-unwind-tables=n",
    "-Cforce-frame-pointers=n",
    // What a profile would say.
    "-Copt-level=2",
    "-Ccodegen-units=1",
    // Lines, also of what is inlined; the code stays the same.
    "-Cdebuginfo=1",
    "-Cdebug-assertions=n",
    "-Coverflow-checks=n",
    "-Cstrip=none",
];

/// What a kernel asks of rustc.
#[derive(Clone, Debug)]
pub struct RustFlags {
    /// rustc's target.
    pub target: &'static str,
    /// Words of warnings that rustc has whenever some of the flags are given.
    pub warnings: &'static [&'static str],
    /// The flags, in an order that does not change.
    pub flags: Vec<String>,
    /// What the kernel's configuration asks for and the compiler has not: the option, and what
    /// that means.
    pub unsupported: Vec<(&'static str, &'static str)>,
    /// What makes a module for this kernel impossible: the option, why, and what to do.
    pub impossible: Vec<(&'static str, &'static str, &'static str)>,
}

impl RustFlags {
    /// The flags for a kernel, or nothing if its architecture is not one of [`ARCHES`](crate::arch::ARCHES).
    #[must_use]
    pub fn of(config: &Config) -> Option<Self> {
        let rustc = &Arch::of(config)?.rustc;
        let mut result = Self {
            target: rustc.target,
            warnings: rustc.warnings,
            flags: rustc
                .flags
                .iter()
                .chain(ALWAYS)
                .map(ToString::to_string)
                .collect(),
            unsupported: Vec::new(),
            impossible: Vec::new(),
        };
        let rows = rustc.options.iter().chain(TABLE);
        for row in rows.filter(|row| row.applies(config)) {
            let name = row.name(config);
            match row.comes_to {
                ComesTo::Flags(..) => result.flags.extend(row.flags(config)),
                ComesTo::Lacking(meaning) => result.unsupported.push((name, meaning)),
                ComesTo::Impossible(why, help) => result.impossible.push((name, why, help)),
            }
        }
        Some(result)
    }
}

#[cfg(test)]
mod tests {
    use super::RustFlags;
    use crate::config::Config;

    /// What the configurations of Debian's kernels say of code generation.
    const DEBIAN_5_10: &str = "CONFIG_X86_64=y\nCONFIG_RETPOLINE=y\nCONFIG_RETHUNK=y\n\
        CONFIG_STACKPROTECTOR=y\nCONFIG_STACKPROTECTOR_STRONG=y\n\
        CONFIG_INIT_STACK_NONE=y\nCONFIG_UNWINDER_ORC=y\nCONFIG_FUNCTION_TRACER=y\n\
        CONFIG_DEBUG_INFO=y\nCONFIG_HAVE_GCC_PLUGINS=y\nCONFIG_FRAME_WARN=2048\n";
    const DEBIAN_6_1: &str = "CONFIG_X86_64=y\nCONFIG_RETPOLINE=y\nCONFIG_RETHUNK=y\nCONFIG_SLS=y\n\
        CONFIG_STACKPROTECTOR=y\nCONFIG_STACKPROTECTOR_STRONG=y\n\
        CONFIG_INIT_STACK_ALL_ZERO=y\nCONFIG_UNWINDER_ORC=y\nCONFIG_FUNCTION_TRACER=y\n\
        CONFIG_DEBUG_INFO=y\nCONFIG_RANDSTRUCT_NONE=y\n";
    const DEBIAN_7_3: &str = "CONFIG_X86_64=y\nCONFIG_MITIGATION_RETPOLINE=y\n\
        CONFIG_MITIGATION_RETHUNK=y\nCONFIG_MITIGATION_SLS=y\nCONFIG_X86_KERNEL_IBT=y\n\
        CONFIG_CALL_PADDING=y\nCONFIG_FUNCTION_PADDING_BYTES=16\nCONFIG_FUNCTION_ALIGNMENT_4B=y\n\
        CONFIG_FUNCTION_ALIGNMENT_16B=y\nCONFIG_FUNCTION_ALIGNMENT=16\nCONFIG_STACKPROTECTOR=y\n\
        CONFIG_STACKPROTECTOR_STRONG=y\nCONFIG_INIT_STACK_ALL_ZERO=y\nCONFIG_UBSAN=y\n\
        CONFIG_RUST_OVERFLOW_CHECKS=y\nCONFIG_RANDSTRUCT_NONE=y\nCONFIG_LTO_NONE=y\n";

    fn flags(config: &str) -> RustFlags {
        RustFlags::of(&Config::parse(config)).expect("an architecture that is in the table")
    }

    fn has(flags: &RustFlags, flag: &str) -> bool {
        flags.flags.iter().any(|given| given == flag)
    }

    fn unsupported(flags: &RustFlags) -> Vec<&str> {
        flags
            .unsupported
            .iter()
            .map(|(option, _)| *option)
            .collect()
    }

    #[test]
    fn an_unknown_architecture_has_no_flags() {
        assert!(RustFlags::of(&Config::parse("CONFIG_SPARC64=y\n")).is_none());
    }

    #[test]
    fn mitigations_follow_the_configuration_under_both_names() {
        let plain = flags("CONFIG_X86_64=y\n");
        for (options, flag) in [
            (
                ["RETPOLINE", "MITIGATION_RETPOLINE"],
                "-Zretpoline-external-thunk",
            ),
            (
                ["RETHUNK", "MITIGATION_RETHUNK"],
                "-Zfunction-return=thunk-extern",
            ),
            (
                ["SLS", "MITIGATION_SLS"],
                "-Ctarget-feature=+harden-sls-ret,+harden-sls-ijmp",
            ),
        ] {
            assert!(!has(&plain, flag), "{flag}");
            for option in options {
                let set = flags(&format!("CONFIG_X86_64=y\nCONFIG_{option}=y\n"));
                assert!(has(&set, flag), "{option}: {flag}");
            }
        }
    }

    #[test]
    fn debians_kernels_get_what_they_ask_for() {
        let old = flags(DEBIAN_5_10);
        for flag in ["-Zfunction-return=thunk-extern", "-Cjump-tables=n"] {
            assert!(has(&old, flag), "{flag}");
        }
        assert!(!old.flags.iter().any(|flag| flag.contains("harden-sls")));
        assert_eq!(unsupported(&old), ["STACKPROTECTOR", "FUNCTION_TRACER"]);

        let stable = flags(DEBIAN_6_1);
        assert!(stable.flags.iter().any(|flag| flag.contains("harden-sls")));
        assert!(!has(&stable, "-Zcf-protection=branch"));
        assert_eq!(
            unsupported(&stable),
            ["STACKPROTECTOR", "FUNCTION_TRACER", "INIT_STACK_ALL_ZERO"]
        );

        let new = flags(DEBIAN_7_3);
        for flag in [
            "-Zcf-protection=branch",
            "-Zpatchable-function-entry=16,16",
            "-Zmin-function-alignment=16",
            "-Coverflow-checks=y",
        ] {
            assert!(has(&new, flag), "{flag}");
        }
        assert_eq!(
            unsupported(&new),
            ["STACKPROTECTOR", "INIT_STACK_ALL_ZERO", "UBSAN"]
        );
        for kernel in [old, stable, new] {
            assert!(kernel.impossible.is_empty());
        }
    }

    #[test]
    fn frame_pointers_are_kept_where_the_kernel_unwinds_by_them() {
        let last = |config: &str| {
            let flags = flags(config).flags;
            let mut given = flags.into_iter().rev();
            given.find(|flag| flag.starts_with("-Cforce-frame-pointers="))
        };
        let unwinder = last("CONFIG_X86_64=y\nCONFIG_FRAME_POINTER=y\n");
        assert_eq!(unwinder.as_deref(), Some("-Cforce-frame-pointers=y"));
        let orc = last("CONFIG_X86_64=y\nCONFIG_UNWINDER_ORC=y\n");
        assert_eq!(orc.as_deref(), Some("-Cforce-frame-pointers=n"));
    }

    #[test]
    fn a_number_of_zero_is_no_flag() {
        let flags = flags("CONFIG_X86_64=y\nCONFIG_FUNCTION_ALIGNMENT=0\n").flags;
        assert!(
            !flags
                .iter()
                .any(|flag| flag.contains("min-function-alignment"))
        );
    }

    #[test]
    fn arm64_signs_returns_and_tracks_branches_as_its_kernel_does() {
        let pac = "CONFIG_ARM64=y\nCONFIG_ARM64_PTR_AUTH_KERNEL=y\n";
        assert!(has(&flags(pac), "-Zbranch-protection=pac-ret"));
        let both = flags(&format!("{pac}CONFIG_ARM64_BTI_KERNEL=y\n"));
        assert!(has(&both, "-Zbranch-protection=bti,pac-ret"));
        assert!(!has(&both, "-Zbranch-protection=pac-ret"));
        let stack = "CONFIG_ARM64=y\nCONFIG_SHADOW_CALL_STACK=y\n";
        assert!(has(&flags(stack), "-Zfixed-x18"));
        assert!(has(&flags(stack), "-Zsanitizer=shadow-call-stack"));
        let patched = flags(&format!("{stack}CONFIG_DYNAMIC_SCS=y\n"));
        assert!(has(&patched, "-Zfixed-x18"));
        assert!(!has(&patched, "-Zsanitizer=shadow-call-stack"));
        // Of the other architecture it has nothing.
        assert!(!has(
            &flags(&format!("{pac}CONFIG_RETHUNK=y\n")),
            "-Zfunction-return=thunk-extern"
        ));
    }

    #[test]
    fn riscv64_has_short_instructions_as_its_kernel_does() {
        let short = "CONFIG_ARCH_RV64I=y\nCONFIG_RISCV_ISA_C=y\n";
        let found = flags(short);
        assert_eq!(found.target, "riscv64imac-unknown-none-elf");
        assert!(has(&found, "-Ccode-model=medium"));
        assert!(!has(&found, "-Ctarget-feature=-c"));
        let long = flags("CONFIG_ARCH_RV64I=y\n");
        assert!(has(&long, "-Ctarget-feature=-c"));
        // Of 32 bits it is another architecture.
        assert!(RustFlags::of(&Config::parse("CONFIG_RISCV=y\nCONFIG_ARCH_RV32I=y\n")).is_none());
    }

    #[test]
    fn what_the_compiler_has_not_is_told() {
        for option in [
            "STACKPROTECTOR",
            "FUNCTION_TRACER",
            "INIT_STACK_ALL_PATTERN",
            "ZERO_CALL_USED_REGS",
            "KSTACK_ERASE",
            "GCC_PLUGIN_STACKLEAK",
            "GCC_PLUGIN_LATENT_ENTROPY",
            "KASAN_SW_TAGS",
            "KMSAN",
            "GCOV_PROFILE_ALL",
            "UBSAN",
            "LTO_CLANG",
        ] {
            let told = flags(&format!("CONFIG_X86_64=y\nCONFIG_{option}=y\n"));
            assert_eq!(unsupported(&told), [option]);
        }
    }

    #[test]
    fn type_checked_calls_need_integers_that_count_by_size() {
        let cfi = flags("CONFIG_X86_64=y\nCONFIG_CFI_CLANG=y\n");
        assert_eq!(cfi.impossible.len(), 1);
        let cfi = flags("CONFIG_X86_64=y\nCONFIG_CFI=y\nCONFIG_CFI_ICALL_NORMALIZE_INTEGERS=y\n");
        assert!(cfi.impossible.is_empty());
        assert!(has(&cfi, "-Zsanitizer=kcfi"));
        assert!(has(&cfi, "-Zsanitizer-cfi-normalize-integers"));
    }

    #[test]
    fn accesses_are_checked_where_the_kernel_checks_its_own() {
        let offset = "CONFIG_KASAN_SHADOW_OFFSET=0xdffffc0000000000\n";
        let inline = format!("CONFIG_X86_64=y\nCONFIG_KASAN=y\nCONFIG_KASAN_GENERIC=y\n{offset}");
        let generic = flags(&format!("{inline}CONFIG_KASAN_INLINE=y\n"));
        for flag in [
            "-Zsanitizer=kernel-address",
            "-Zsanitizer-recover=kernel-address",
            "-Cllvm-args=-asan-mapping-offset=0xdffffc0000000000",
            "-Cllvm-args=-asan-instrumentation-with-call-threshold=10000",
        ] {
            assert!(has(&generic, flag), "{flag}");
        }
        assert!(generic.unsupported.is_empty());
        // Its tags are another sanitizer's.
        let tags = format!("CONFIG_ARM64=y\nCONFIG_KASAN_SW_TAGS=y\n{offset}");
        assert!(!flags(&tags).flags.iter().any(|flag| flag.contains("asan")));
    }

    #[test]
    fn coverage_is_told_of_where_the_kernel_collects_it() {
        let coverage = flags("CONFIG_X86_64=y\nCONFIG_KCOV=y\n");
        assert!(has(&coverage, "-Cpasses=sancov-module"));
        assert!(has(&coverage, "-Cllvm-args=-sanitizer-coverage-trace-pc"));
        let compares = "-Cllvm-args=-sanitizer-coverage-trace-compares";
        assert!(!has(&coverage, compares));
        let both = flags("CONFIG_X86_64=y\nCONFIG_KCOV=y\nCONFIG_KCOV_ENABLE_COMPARISONS=y\n");
        assert!(has(&both, compares));
    }

    #[test]
    fn races_are_watched_for_where_the_kernel_does() {
        let kcsan = flags("CONFIG_X86_64=y\nCONFIG_KCSAN=y\n");
        assert!(has(&kcsan, "-Cpasses=function(tsan)"));
        assert!(has(&kcsan, "-Cllvm-args=-force-attribute=sanitize_thread"));
        assert!(kcsan.unsupported.is_empty());
        // Where it models memory, it is told of each function's beginning and end.
        let silent = "-Cllvm-args=-tsan-instrument-func-entry-exit=0";
        assert!(has(&kcsan, silent));
        let weak = "CONFIG_X86_64=y\nCONFIG_KCSAN=y\nCONFIG_KCSAN_WEAK_MEMORY=y\n";
        assert!(!has(&flags(weak), silent));
    }

    #[test]
    fn random_layouts_are_impossible() {
        for option in ["RANDSTRUCT", "RANDSTRUCT_FULL", "GCC_PLUGIN_RANDSTRUCT"] {
            let found = flags(&format!("CONFIG_X86_64=y\nCONFIG_{option}=y\n"));
            assert_eq!(found.impossible[0].0, option);
        }
    }

    #[test]
    fn size_before_speed_and_checks_follow_the_configuration() {
        for (option, flag) in [
            ("CC_OPTIMIZE_FOR_SIZE", "-Copt-level=s"),
            ("RUST_OVERFLOW_CHECKS", "-Coverflow-checks=y"),
            ("UBSAN_SHIFT", "-Coverflow-checks=y"),
            ("UBSAN_INTEGER_WRAP", "-Coverflow-checks=y"),
            ("RUST_DEBUG_ASSERTIONS", "-Cdebug-assertions=y"),
            ("X86_NATIVE_CPU", "-Ctarget-cpu=native"),
        ] {
            assert!(has(
                &flags(&format!("CONFIG_X86_64=y\nCONFIG_{option}=y\n")),
                flag
            ));
        }
    }
}
