// SPDX-License-Identifier: GPL-2.0-only
//! `<asm/processor.h>`: `CPUID`
#![expect(
    clippy::missing_safety_doc,
    reason = "the contracts are those of the C functions"
)]
#![expect(non_camel_case_types, reason = "C's names")]

#[derive(Clone, Copy)]
pub struct kmod_cpuid {
    pub eax: u32,
    pub ebx: u32,
    pub ecx: u32,
    pub edx: u32,
}

kernel_only! {
    fn kmod_cpuid(leaf: u32, subleaf: u32, told: *mut kmod_cpuid) -> bool;
}
