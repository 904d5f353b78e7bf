// SPDX-License-Identifier: GPL-2.0-only
//! What an x86 CPU tells of itself: the instruction `CPUID`.
//!
//! ```
//! use kmod_core::cpuid::Cpuid;
//!
//! /// Whether it can say how warm it is: its digital thermal sensor.
//! fn has_sensor() -> bool {
//!     Cpuid::leaf(6).is_some_and(|told| told.eax & 1 == 1)
//! }
//! ```

/// What a leaf has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cpuid {
    /// `EAX`
    pub eax: u32,
    /// `EBX`
    pub ebx: u32,
    /// `ECX`
    pub ecx: u32,
    /// `EDX`
    pub edx: u32,
}

impl Cpuid {
    /// What the CPU on which this runs tells of a leaf, or of the first part of one: `cpuid()`. In any context.
    ///
    /// `None` if there is no such leaf: it is larger than the largest one of its range, which C has to ask for, or
    /// there is no such range, or the machine is none of x86.
    ///
    /// Another CPU may tell something else: its number, and on machines with CPUs of several kinds more.
    #[must_use]
    pub fn leaf(leaf: u32) -> Option<Self> {
        Self::subleaf(leaf, 0)
    }

    /// The same, of a part of a leaf that has several: `cpuid_count()`. A part that there is not has zeroes, mostly.
    #[must_use]
    pub fn subleaf(leaf: u32, subleaf: u32) -> Option<Self> {
        let mut told = kmod_bindings::kmod_cpuid {
            eax: 0,
            ebx: 0,
            ecx: 0,
            edx: 0,
        };
        // SAFETY: It is a variable. The instruction changes nothing, and all CPUs of 64 bits have it.
        let is_there = unsafe { kmod_bindings::kmod_cpuid(leaf, subleaf, &raw mut told) };
        is_there.then_some(Self {
            eax: told.eax,
            ebx: told.ebx,
            ecx: told.ecx,
            edx: told.edx,
        })
    }
}
