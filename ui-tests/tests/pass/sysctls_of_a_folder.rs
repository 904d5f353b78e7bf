// SPDX-License-Identifier: GPL-2.0-only
//! Sysctls of one folder, with others and a device in between, some of them not compiled.
use kmod_core::prelude::*;

const MOST: u32 = 10 * LEAST;
const LEAST: u32 = 10;

#[kernel_module(name = "folder", license = "GPL")]
struct Folder {
    #[sysctl(path = "folder/step", range = LEAST..=MOST, on_change = Folder::changed)]
    step: AtomicU32,
    #[cfg(any())]
    #[sysctl(path = "folder/absent")]
    absent: Missing,
    #[sysctl(path = "folder/deep/rows")]
    rows: [AtomicU64; 4],
    #[cfg(target_pointer_width = "64")]
    #[sysctl(path = "folder/on")]
    on: AtomicBool,
    #[sysctl(path = "folder/boxed")]
    boxed: KBox<AtomicI32>,
    #[misc(name = "folder")]
    device: Device,
    #[cfg(any())]
    #[sysctl(path = "folder/also_absent")]
    also_absent: Missing,
    #[misc(name = "folder2")]
    second: Device,
    #[sysctl(path = "folder/text")]
    text: SysctlString<32>,
    #[sysctl(path = "folder/none")]
    none: [AtomicI32; 0],
}

impl Folder {
    fn changed(&self) {
        self.on.store(true, Ordering::Relaxed);
    }
}

impl KernelModule for Folder {
    fn init(_params: &FolderParams) -> Result<Self> {
        Ok(Self {
            step: AtomicU32::new(LEAST),
            rows: [const { AtomicU64::new(0) }; 4],
            on: AtomicBool::new(true),
            boxed: KBox::new(AtomicI32::new(0), GFP_KERNEL)?,
            device: Device,
            second: Device,
            text: SysctlString::new("text"),
            none: [],
        })
    }
}

struct Device;

#[file_operations]
impl FileOperations for Device {}

fn main() {}
