// SPDX-License-Identifier: GPL-2.0-only
//! What the kernel's scripts look for: the files of its modules test_sysctl and test_firmware, as far as they are to
//! be had.
#![no_std]
#![forbid(unsafe_code)]

use kmod_core::firmware::{Firmware, FirmwareName, firmware_name};
use kmod_core::prelude::*;

/// Files for selftests
#[kernel_module(
    name = "selftests",
    license = "GPL",
    firmware = ["test-firmware.bin", "nope-test-firmware.bin"],
)]
#[derive(Default)]
struct Selftests {
    #[sysctl(path = "debug/selftests/int_0001", range = 0..=100)]
    int_0001: AtomicI32,
    #[sysctl(path = "debug/selftests/int_0002")]
    int_0002: AtomicI32,
    #[sysctl(path = "debug/selftests/int_0003")]
    int_0003: [AtomicI32; 4],
    #[sysctl(path = "debug/selftests/uint_0001")]
    uint_0001: AtomicU32,
    #[sysctl(path = "debug/selftests/string_0001")]
    string_0001: SysctlString<65>,
    /// What was loaded last.
    #[misc(name = "test_firmware", mode = 0o600)]
    desk: Desk,
    #[sysfs(of = desk, mode = 0o200)]
    trigger_request: Request,
    #[sysfs(of = desk, mode = 0o200)]
    trigger_async_request: AsyncRequest,
    #[work]
    loads: Work<Loads>,
}

/// Those that a script may ask for: a name that nobody has declared is none.
const FILES: [(&[u8], FirmwareName); 2] = [
    (
        b"test-firmware.bin",
        firmware_name!(Selftests, "test-firmware.bin"),
    ),
    (
        b"nope-test-firmware.bin",
        firmware_name!(Selftests, "nope-test-firmware.bin"),
    ),
];

/// The number of a name.
fn named(text: &[u8]) -> Result<usize> {
    let known = FILES.iter().position(|(name, _)| *name == text);
    known.ok_or(EINVAL)
}

#[derive(Default)]
struct Desk(Mutex<Option<Firmware>>);

impl Desk {
    /// The one before goes first, whether there is another one or not.
    fn load(&self, number: usize) -> Result {
        *self.0.lock() = None;
        let (_, name) = FILES.get(number).ok_or(EINVAL)?;
        *self.0.lock() = Some(Firmware::request(*name)?);
        Ok(())
    }
}

#[file_operations]
impl FileOperations for Desk {
    type Module = Selftests;

    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if let Some(firmware) = self.0.lock().as_ref() {
            to.write_from(firmware, pos)?;
        }
        Ok(())
    }
}

#[derive(Default)]
struct Request;

#[handlers]
impl SysfsFile for Request {
    type Instance = Selftests;

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        file.instance().desk.load(named(text)?)
    }
}

/// A worker loads it, and who asks waits for that: as the kernel's module does.
#[derive(Default)]
struct AsyncRequest;

#[handlers]
impl SysfsFile for AsyncRequest {
    type Instance = Selftests;

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        let number = named(text)?;
        let loads = &file.instance().loads;
        loads.handler().number.store(number, Ordering::Relaxed);
        loads.queue();
        loads.flush().map_err(|_| EBUSY)?;
        match loads.handler().is_there.load(Ordering::Relaxed) {
            true => Ok(()),
            false => Err(ENOENT),
        }
    }
}

#[derive(Default)]
struct Loads {
    number: AtomicUsize,
    is_there: AtomicBool,
}

#[handlers]
impl WorkHandler for Loads {
    type Instance = Selftests;

    fn run(&self, work: &WorkCall<'_, Self>) {
        let number = self.number.load(Ordering::Relaxed);
        let is_there = work.instance().desk.load(number).is_ok();
        self.is_there.store(is_there, Ordering::Relaxed);
    }
}
