// SPDX-License-Identifier: GPL-2.0-only
//! Attributes with their paths, where nothing is imported.
#![forbid(unsafe_code)]

#[kmod_core::kernel_module(name = "ticket", license = "GPL")]
struct Ticket {
    #[kmod_core::misc(mode = 0o600)]
    device: Device,
    #[::kmod_core::sysctl(path = "ticket/step")]
    step: core::sync::atomic::AtomicU32,
}

impl kmod_core::KernelModule for Ticket {
    fn init(_params: &TicketParams) -> kmod_core::Result<Self> {
        Ok(Self {
            device: Device,
            step: core::sync::atomic::AtomicU32::new(1),
        })
    }
}

struct Device;

#[kmod_core::file_operations]
impl kmod_core::file::FileOperations for Device {}

fn main() {}
