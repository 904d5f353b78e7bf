// SPDX-License-Identifier: GPL-2.0-only
//! What of the kernel's C API `kmod-core` uses, a table a subject.
//!
//! A subject is `c/NAME.h` (what it includes, and the helpers' prototypes), `c/NAME.c` (the
//! helpers, if any; each is named `kmod_*` and bound without being listed here) and, for builds on
//! the host, `src/host/NAME.rs`.

/// One subject's names, as regular expressions that must match as a whole.
pub struct Subject {
    pub name: &'static str,
    pub functions: &'static [&'static str],
    pub types: &'static [&'static str],
    pub vars: &'static [&'static str],
    /// Types of which only size and alignment matter.
    pub opaque: &'static [&'static str],
}

pub const SUBJECTS: &[Subject] = &[
    Subject {
        name: "module",
        functions: &[],
        types: &["module"],
        vars: &["__this_module"],
        opaque: &["module"],
    },
    Subject {
        name: "params",
        functions: &[
            "param_[gs]et_(bool|byte|u?(short|int|long)|ullong)",
            "param_(get|free)_charp",
        ],
        types: &["kernel_param", "kernel_param_ops"],
        vars: &["KERNEL_PARAM_OPS_FL_NOARG"],
        opaque: &[],
    },
    Subject {
        name: "print",
        functions: &[],
        types: &[],
        vars: &["KMOD_MODULE_NAME_OFFSET"],
        opaque: &[],
    },
];
