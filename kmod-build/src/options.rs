// SPDX-License-Identifier: GPL-2.0-only
//! The table of the configuration options that change code generation: those of every
//! architecture. Each has its own ([`arch`](crate::arch)).
//!
//! The facts are those of the kernel's `Makefile`, `arch/*/Makefile` and `scripts/Makefile.*`;
//! `docs/flags.md` is the same for readers.

use crate::config::Config;

/// One configuration option that changes code generation.
#[derive(Debug)]
pub struct Row {
    /// Names of the option, of which one must be set; kernels have renamed some.
    pub options: &'static [&'static str],
    /// An option that must not be set as well.
    pub without: Option<&'static str>,
    /// What it comes to.
    pub comes_to: ComesTo,
}

/// What an option comes to for Rust.
#[derive(Debug)]
pub enum ComesTo {
    /// These flags. `{}` stands for the value of the option that is named, and without a value, or
    /// with 0, there is no flag.
    Flags(&'static [&'static str], Option<&'static str>),
    /// The compiler has no such thing; what that means for a module, in a few words.
    Lacking(&'static str),
    /// No module can be compiled for such a kernel: why, and what to do.
    Impossible(&'static str, &'static str),
}

use ComesTo::{Flags, Impossible, Lacking};

/// A row that nothing excludes.
pub(crate) const fn row(options: &'static [&'static str], comes_to: ComesTo) -> Row {
    Row {
        options,
        without: None,
        comes_to,
    }
}

/// A row of KASAN's that keeps its shadow in memory.
const fn kasan(options: &'static [&'static str], comes_to: ComesTo) -> Row {
    Row {
        options,
        without: Some("KASAN_SW_TAGS"),
        comes_to,
    }
}

/// Flags without a number.
pub(crate) const fn flags(flags: &'static [&'static str]) -> ComesTo {
    Flags(flags, None)
}

/// The rows of every architecture, in the order in which their flags are given.
pub const TABLE: &[Row] = &[
    Row {
        without: Some("DYNAMIC_SCS"),
        ..row(
            &["SHADOW_CALL_STACK"],
            flags(&["-Zsanitizer=shadow-call-stack"]),
        )
    },
    row(
        &["FUNCTION_ALIGNMENT"],
        Flags(&["-Zmin-function-alignment={}"], Some("FUNCTION_ALIGNMENT")),
    ),
    row(
        &["FRAME_POINTER"],
        // Until 1.98 functions that the compiler makes itself had none.
        flags(&[
            "-Cforce-frame-pointers=y",
            "-Zllvm_module_flag=frame-pointer:u32:2:max",
        ]),
    ),
    row(&["CC_OPTIMIZE_FOR_SIZE"], flags(&["-Copt-level=s"])),
    // What C's sanitizer asks of sums and shifts, Rust's own checks answer.
    row(
        &[
            "RUST_OVERFLOW_CHECKS",
            "UBSAN_SHIFT",
            "UBSAN_SIGNED_WRAP",
            "UBSAN_INTEGER_WRAP",
        ],
        flags(&["-Coverflow-checks=y"]),
    ),
    row(&["RUST_DEBUG_ASSERTIONS"], flags(&["-Cdebug-assertions=y"])),
    // C's code reports and goes on, too.
    kasan(
        &["KASAN_GENERIC"],
        flags(&[
            "-Zsanitizer=kernel-address",
            "-Zsanitizer-recover=kernel-address",
            "-Cllvm-args=-asan-globals=1",
        ]),
    ),
    kasan(
        &["KASAN_SHADOW_OFFSET"],
        Flags(
            &["-Cllvm-args=-asan-mapping-offset={}"],
            Some("KASAN_SHADOW_OFFSET"),
        ),
    ),
    kasan(
        &["KASAN_INLINE"],
        flags(&["-Cllvm-args=-asan-instrumentation-with-call-threshold=10000"]),
    ),
    kasan(
        &["KASAN_OUTLINE"],
        flags(&["-Cllvm-args=-asan-instrumentation-with-call-threshold=0"]),
    ),
    kasan(
        &["KASAN_STACK"],
        flags(&[
            "-Cllvm-args=-asan-stack=1",
            "-Cllvm-args=-asan-instrument-dynamic-allocas=1",
        ]),
    ),
    kasan(
        &["CC_HAS_KASAN_MEMINTRINSIC_PREFIX"],
        flags(&["-Cllvm-args=-asan-kernel-mem-intrinsic-prefix=1"]),
    ),
    // Which of its own code the kernel watches is another option: a module is what is looked for.
    row(
        &["KCOV"],
        flags(&[
            "-Cpasses=sancov-module",
            "-Cllvm-args=-sanitizer-coverage-level=3",
            "-Cllvm-args=-sanitizer-coverage-trace-pc",
        ]),
    ),
    row(
        &["KCOV_ENABLE_COMPARISONS"],
        flags(&["-Cllvm-args=-sanitizer-coverage-trace-compares"]),
    ),
    // rustc has the sanitizer for no kernel's target. LLVM has it for all, and looks at what is marked.
    row(
        &["KCSAN"],
        flags(&[
            "-Cpasses=function(tsan)",
            "-Cllvm-args=-force-attribute=sanitize_thread",
            "-Cllvm-args=-tsan-compound-read-before-write=1",
            "-Cllvm-args=-tsan-distinguish-volatile=1",
        ]),
    ),
    Row {
        without: Some("KCSAN_WEAK_MEMORY"),
        ..row(
            &["KCSAN"],
            flags(&["-Cllvm-args=-tsan-instrument-func-entry-exit=0"]),
        )
    },
    // Type ids of C and Rust agree only where integers count by their size.
    row(
        &["CFI_ICALL_NORMALIZE_INTEGERS"],
        flags(&[
            "-Zsanitizer=kcfi",
            "-Zsanitizer-cfi-normalize-integers",
            "-Zmerge-functions=disabled",
        ]),
    ),
    Row {
        without: Some("CFI_ICALL_NORMALIZE_INTEGERS"),
        ..row(
            &["CFI_CLANG", "CFI"],
            Impossible(
                "its indirect calls check types (kCFI) in a way that Rust's do not match",
                "a kernel of your own: set CONFIG_CFI_ICALL_NORMALIZE_INTEGERS",
            ),
        )
    },
    row(
        &[
            "RANDSTRUCT",
            "RANDSTRUCT_FULL",
            "RANDSTRUCT_PERFORMANCE",
            "GCC_PLUGIN_RANDSTRUCT",
        ],
        Impossible(
            "the fields of its structures are in a random order, which only its own C compiler knows",
            "take a kernel without CONFIG_RANDSTRUCT; distributions' have none",
        ),
    ),
    // LLVM takes the kernel's canary for Linux programs only, and rustc has no option to name it.
    row(
        &["STACKPROTECTOR"],
        Lacking("rustc cannot use the kernel's canary: Rust functions have none"),
    ),
    row(
        &["FUNCTION_TRACER"],
        Lacking("ftrace, kprobes on entry and live patching do not see Rust functions"),
    ),
    row(
        &["INIT_STACK_ALL_ZERO", "INIT_STACK_ALL_PATTERN"],
        Lacking(
            "Rust's stack is not initialised by the compiler: safe Rust does not read it before",
        ),
    ),
    row(
        &["ZERO_CALL_USED_REGS"],
        Lacking("Rust functions return without clearing the registers they used"),
    ),
    row(
        &["GCC_PLUGIN_STACKLEAK", "KSTACK_ERASE"],
        Lacking("how deep Rust functions go is not tracked: more of the stack may stay unerased"),
    ),
    row(
        &["GCC_PLUGIN_LATENT_ENTROPY"],
        Lacking("Rust functions add nothing to the latent entropy"),
    ),
    row(
        &["KASAN_SW_TAGS"],
        Lacking("Rust's own accesses are not checked; those of the kernel functions it calls are"),
    ),
    row(
        &["KMSAN"],
        Lacking("rustc has it for no kernel's target: Rust's own accesses are not watched"),
    ),
    row(
        &["GCOV_PROFILE_ALL"],
        Lacking("gcov does not see Rust functions"),
    ),
    row(
        &["UBSAN"],
        Lacking("Rust's own checks of bounds and sums end in a panic, not in a report"),
    ),
    row(
        &["LTO_CLANG"],
        Lacking("the module's Rust is optimised as a whole by itself, not with its C parts"),
    ),
];

impl Row {
    /// Whether a kernel asks for it.
    #[must_use]
    pub fn applies(&self, config: &Config) -> bool {
        // A number is not "y", but it is set.
        let is_set = |name: &str| config.get(name).is_some_and(|value| value != "m");
        self.options.iter().any(|option| is_set(option)) && !self.without.is_some_and(is_set)
    }

    /// The option that a kernel has set of those in the row, for messages.
    #[must_use]
    pub fn name(&self, config: &Config) -> &'static str {
        let mut options = self.options.iter();
        options
            .find(|option| config.get(option).is_some())
            .unwrap_or(&self.options[0])
    }

    /// Its flags, with the numbers of that kernel.
    pub(crate) fn flags(&self, config: &Config) -> Vec<String> {
        match self.comes_to {
            Flags(flags, None) => flags.iter().map(ToString::to_string).collect(),
            Flags(flags, Some(option)) => match config.get(option) {
                Some(value) if value != "0" => {
                    flags.iter().map(|flag| flag.replace("{}", value)).collect()
                }
                _ => Vec::new(),
            },
            Lacking(_) | Impossible(..) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arch::ARCHES;

    #[test]
    fn every_row_is_in_the_documentation() {
        let document = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/flags.md");
        let document = std::fs::read_to_string(document).unwrap();
        let own = ARCHES.iter().flat_map(|arch| arch.rustc.options);
        for row in TABLE.iter().chain(own) {
            let line = document.lines().find(|line| {
                let written = |name: &&&str| line.contains(&format!("`{name}`"));
                let told = match row.comes_to {
                    Flags(flags, _) => flags.iter().all(|flag| line.contains(&format!("`{flag}`"))),
                    Lacking(meaning) => line.contains(meaning),
                    Impossible(why, _) => line.contains(why),
                };
                line.starts_with('|')
                    && row.options.iter().filter(written).count() == row.options.len()
                    && told
            });
            assert!(
                line.is_some(),
                "docs/flags.md has no row for {:?}",
                row.options
            );
        }
    }
}
