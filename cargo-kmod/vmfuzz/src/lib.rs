// SPDX-License-Identifier: GPL-2.0-only
//! A module with a bug in it, for `cargo kmod fuzz` to find: one that only a certain order of uses shows. With the
//! feature `unchecked` only a kernel that checks itself sees it.
#![no_std]

use kmod_core::prelude::*;

/// Keeps eight numbers, and has room for as many
#[kernel_module(name = "vmfuzz", license = "GPL")]
#[derive(Default)]
struct Numbers {
    #[misc]
    vmfuzz: Device,
    /// Numbers are kept from 3 on.
    #[sysctl(path = "vmfuzz/mode", mode = 0o644, range = 0..=9)]
    mode: AtomicU32,
}

/// The numbers, once one has been kept.
#[derive(Default)]
struct Device(Mutex<Option<KBox<[u64; 8]>>>);

/// A number, and where it is kept.
#[uapi]
#[derive(Clone, Copy)]
struct VmfuzzNumber {
    number: u64,
    index: u32,
    unused: u32,
}

#[ioctl(magic = b'z', prefix = "VMFUZZ")]
enum DeviceCmd {
    /// Keeps a number.
    #[iow(1)]
    Keep(VmfuzzNumber),
    /// Forgets all.
    #[io(2)]
    Forget,
}

#[file_operations]
impl FileOperations for Device {
    type Module = Numbers;
    type Ioctl = DeviceCmd;
}

impl DeviceCmdHandler for Device {
    fn keep(&self, file: &File<'_, Self>, number: VmfuzzNumber) -> Result {
        if file.module().mode.load(Ordering::Relaxed) < 3 {
            return Err(EPERM);
        }
        let mut kept = self.0.lock();
        if kept.is_none() {
            *kept = Some(KBox::new([0; 8], GFP_KERNEL)?);
        }
        let numbers = kept.as_mut().ok_or(EINVAL)?;
        // One too many.
        if number.index > 8 {
            return Err(EINVAL);
        }
        keep(numbers, number.index as usize, number.number);
        Ok(())
    }

    fn forget(&self, _file: &File<'_, Self>) -> Result {
        *self.0.lock() = None;
        Ok(())
    }
}

/// Panics, with the mutex held.
#[cfg(not(feature = "unchecked"))]
fn keep(numbers: &mut [u64; 8], index: usize, number: u64) {
    numbers[index] = number;
}

/// Writes into what is nobody's.
#[cfg(feature = "unchecked")]
fn keep(numbers: &mut [u64; 8], index: usize, number: u64) {
    let to = numbers.as_mut_ptr().wrapping_add(index);
    // SAFETY: it is not: that is what this module is for. Behind the eighth number there is none.
    unsafe { to.write(number) };
}
