// SPDX-License-Identifier: GPL-2.0-only
//! A module crate that calls `kmod-core` by another name, and forbids itself everything.
#![no_std]
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unreachable_pub)]

use kernel::prelude::*;

/// Hands out ticket numbers.
#[kernel_module(
    name = "renamed",
    license = "GPL",
    params(
        /// First number handed out.
        start: u32 = 1,
        #[param(perm = 0o644, range = 1..=100)]
        step: u32 = 1,
    ),
)]
pub struct Renamed {
    /// The device.
    #[chrdev(mode = 0o444)]
    pub ticket: Dispenser,
    /// Numbers only.
    #[chrdev_region(minors = 4)]
    pub region: ChrdevRegion,
    #[filesystem(name = "renamedfs")]
    notes: Notes,
    next: AtomicU32,
}

impl KernelModule for Renamed {
    fn init(params: &RenamedParams) -> Result<Self> {
        Ok(Self {
            ticket: Dispenser,
            region: ChrdevRegion::default(),
            notes: Notes,
            next: AtomicU32::new(params.start()),
        })
    }
}

/// The device.
pub struct Dispenser;

#[file_operations]
impl FileOperations for Dispenser {
    type Module = Renamed;

    fn read(&self, file: &File<'_, Self>, _to: &mut UserWriter<'_>, _pos: u64) -> Result {
        let step = Renamed::params().step();
        let number = file.module().next.fetch_add(step, Ordering::Relaxed);
        pr_info!("{number}");
        Ok(())
    }
}

struct Notes;

impl FileSystem for Notes {
    type Module = ();

    const TREE: &'static [Node<Self>] = &[Node::file("readme", b"Read me.\n")];
}
