// SPDX-License-Identifier: GPL-2.0-only
//! A module that never loads: its last object's name is taken.
#![no_std]
#![forbid(unsafe_code)]
use kmod_core::prelude::*;

/// Fails half-way.
#[kernel_module(
    name = "vm_badinput",
    license = "GPL",
    description = "Fails to load, for the tests",
    params(
        /// Fail at once with this errno.
        errno: u32 = 0,
    ),
)]
struct Failing {
    #[chrdev(name = "vm_half", mode = 0o666, minors = 2)]
    half: Half,
    #[chrdev_region(name = "vm_half_region")]
    region: ChrdevRegion,
    /// Every kernel has this one already.
    #[filesystem(name = "tmpfs", magic = 1)]
    taken: Taken,
}

impl KernelModule for Failing {
    fn init(params: &FailingParams) -> Result<Self> {
        match params.errno() {
            0 => Ok(Self {
                half: Half,
                region: ChrdevRegion::new(),
                taken: Taken,
            }),
            2 => Err(ENOENT),
            _ => Err(EINVAL),
        }
    }
}

impl Drop for Failing {
    fn drop(&mut self) {
        pr_info!("the state is dropped\n");
    }
}

struct Half;

#[file_operations]
impl FileOperations for Half {
    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
        writeln!(to, "nobody can read this")
    }
}

struct Taken;

impl FileSystem for Taken {
    type Module = ();

    const TREE: &'static [Node<Self>] = &[];
}
