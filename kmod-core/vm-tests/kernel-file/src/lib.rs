// SPDX-License-Identifier: GPL-2.0-only
//! Reads and writes files for who asks for it: `echo 'read /etc/hostname' >/dev/vm_kernel_file`, and what was read is
//! read there. Some of its handlers open files where they should not.
#![no_std]
#![forbid(unsafe_code)]

use core::ffi::CStr;

use kmod_core::kernel_file::KernelFile;
use kmod_core::prelude::*;

/// The module
#[kernel_module(name = "vm_kernel_file", license = "GPL")]
#[derive(Default)]
struct Files {
    #[misc(mode = 0o666)]
    vm_kernel_file: Desk,
    /// Reads itself.
    #[sysfs(mode = 0o644)]
    itself: Itself,
    /// How often it did.
    #[sysfs]
    turns: AtomicU32,
    #[misc]
    vm_kernel_file_late: Late,
}

/// What was read last.
#[derive(Default)]
struct Desk(Mutex<KVec<u8>>);

/// The most that is read.
const MOST: usize = 100_000;

#[file_operations]
impl FileOperations for Desk {
    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        to.write_from(&self.0.lock(), pos)?;
        Ok(())
    }

    fn write(&self, _file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let mut request = from.read_all(4096, GFP_KERNEL)?;
        // What is asked for, and the path, end with a NUL.
        for byte in request.iter_mut().filter(|byte| **byte == b' ').take(2) {
            *byte = 0;
        }
        request.push(0, GFP_KERNEL)?;
        let (what, rest) = split(&request)?;
        let (path, rest) = split(rest)?;
        let text = rest.strip_suffix(b"\0").unwrap_or_default();
        match what.to_bytes() {
            b"read" => *self.0.lock() = KernelFile::open(path)?.read_all(MOST, GFP_KERNEL)?,
            b"create" => KernelFile::create(path, 0o640)?.write_all(text, 0)?,
            b"new" => KernelFile::create_new(path, 0o666)?.write_all(text, 0)?,
            b"append" => KernelFile::append(path, 0o600)?.write_all(text, 0)?,
            b"update" => {
                let file = KernelFile::update(path)?;
                file.write_all(text, 2)?;
                file.sync()?;
            }
            b"read-written" => {
                KernelFile::append(path, 0o600)?.read(&mut [0; 4], 0)?;
            }
            b"write-read" => {
                KernelFile::open(path)?.write(text, 0)?;
            }
            _ => return Err(EINVAL),
        }
        Ok(())
    }
}

/// What is before the first NUL, and after it.
fn split(from: &[u8]) -> Result<(&CStr, &[u8])> {
    let first = CStr::from_bytes_until_nul(from).map_err(|_| EINVAL)?;
    let rest = from.get(first.count_bytes() + 1..).ok_or(EINVAL)?;
    Ok((first, rest))
}

#[derive(Default)]
struct Itself;

const ITSELF: &CStr = c"/sys/module/vm_kernel_file/itself";

#[handlers]
impl SysfsFile for Itself {
    type Module = Files;

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        file.module().turns.fetch_add(1, Ordering::Relaxed);
        let mut text = [0; 16];
        let n = KernelFile::open(ITSELF)?.read(&mut text, 0)?;
        writeln!(to, "{n}")
    }

    fn store(&self, file: &SysfsCall<'_, Self>, text: &[u8]) -> Result {
        file.module().turns.fetch_add(1, Ordering::Relaxed);
        KernelFile::update(ITSELF)?.write_all(text, 0)
    }
}

/// Writes a file when it is closed, wherever that is; what came of that is read here.
#[derive(Default)]
struct Late;

struct Closed;

impl Drop for Closed {
    fn drop(&mut self) {
        let closed = || KernelFile::create(c"/tmp/closed", 0o600)?.write_all(b"closed", 0);
        let error = closed().map_or_else(Error::to_errno, |()| 0);
        AT_CLOSE.store(error, Ordering::Relaxed);
    }
}

static AT_CLOSE: AtomicI32 = AtomicI32::new(1);

#[file_operations]
impl FileOperations for Late {
    type PerOpen = Closed;

    fn open(&self, _file: &OpenFile<'_, Self>) -> Result<Closed> {
        Ok(Closed)
    }

    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        if pos == 0 {
            writeln!(to, "{}", AT_CLOSE.load(Ordering::Relaxed))?;
        }
        Ok(())
    }
}
