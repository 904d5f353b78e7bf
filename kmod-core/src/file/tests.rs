// SPDX-License-Identifier: GPL-2.0-only
//! The table's C functions, called as the kernel calls them.

use core::ffi::{CStr, c_int};
use core::mem::offset_of;
use core::ptr;
use core::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use kmod_bindings::{file, file_operations};

use super::{File, FileOperations, Handlers, OpenFile, SeekFrom, table::Table};
use crate::error::code::{EFAULT, EINVAL, ENXIO, EOVERFLOW};
use crate::error::{Error, Result};
use crate::instance::{Belongs, Field, Instance, Object, Provides, Static};
use crate::module::{self, Module, ModuleInfo, ModuleSlot};
use crate::uaccess::{UserReader, UserWriter};

/// How many states of open files there are.
static STATES: AtomicUsize = AtomicUsize::new(0);

#[derive(Default)]
struct Example {
    full: Full,
    bare: Bare,
    opened: AtomicU32,
}

impl ModuleInfo for Example {
    type Params = ();

    fn params() -> &'static () {
        &()
    }
}

// SAFETY: The slot and the objects are always the same.
unsafe impl Module for Example {
    const NAME: &'static CStr = c"example";

    const SLOT: *const ModuleSlot<Self> = {
        static SLOT: ModuleSlot<Example> = ModuleSlot::new();
        &raw const SLOT
    };

    fn objects() -> &'static [&'static dyn Object] {
        &[]
    }
}

// SAFETY: All of it is shared.
unsafe impl Instance for Example {
    type Place = Static<Self>;
}

impl Provides<Example> for Example {}

impl Provides<()> for Example {}

impl Belongs<Example> for Example {
    fn instance(&self) -> &Example {
        self
    }
}

impl Belongs<()> for Example {
    fn instance(&self) -> &() {
        &()
    }
}

struct FullField;

// SAFETY: It is that field.
unsafe impl Field for FullField {
    type Instance = Example;
    type Type = Full;
    const OFFSET: usize = offset_of!(Example, full);
}

struct BareField;

// SAFETY: It is that field.
unsafe impl Field for BareField {
    type Instance = Example;
    type Type = Bare;
    const OFFSET: usize = offset_of!(Example, bare);
}

/// A device without handlers.
#[derive(Default)]
struct Bare;

impl FileOperations for Bare {
    type Module = ();
    type Instance = ();
    type PerOpen = ();
    type Ioctl = ();

    const HANDLERS: Handlers = Handlers::NONE;

    fn open(&self, _file: &OpenFile<'_, Self>) -> Result {
        Ok(())
    }
}

/// A device with all of them.
#[derive(Default)]
struct Full {
    released: AtomicU32,
}

/// Counts what was written to the file.
struct State {
    written: AtomicUsize,
}

impl Drop for State {
    fn drop(&mut self) {
        STATES.fetch_sub(1, Ordering::Relaxed);
    }
}

impl FileOperations for Full {
    type Module = Example;
    type Instance = ();
    type PerOpen = State;
    type Ioctl = ();

    const HANDLERS: Handlers = {
        let mut handlers = Handlers::NONE;
        handlers.release = true;
        handlers.read = true;
        handlers.write = true;
        handlers.llseek = true;
        handlers
    };

    fn open(&self, file: &OpenFile<'_, Self>) -> Result<State> {
        if file.nonblocking() {
            return Err(EINVAL);
        }
        file.module().opened.fetch_add(1, Ordering::Relaxed);
        STATES.fetch_add(1, Ordering::Relaxed);
        Ok(State {
            written: AtomicUsize::new(0),
        })
    }

    fn release(&self, _file: &File<'_, Self>) {
        self.released.fetch_add(1, Ordering::Relaxed);
    }

    fn read(&self, _file: &File<'_, Self>, to: &mut UserWriter<'_>, pos: u64) -> Result {
        to.write_from(b"0123456789", pos)?;
        Ok(())
    }

    fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
        let n = from.len().min(3);
        from.skip(n)?;
        file.state().written.fetch_add(n, Ordering::Relaxed);
        Ok(())
    }

    fn llseek(&self, file: &File<'_, Self>, to: SeekFrom) -> Result<u64> {
        match to {
            SeekFrom::Start(pos) => Ok(pos),
            SeekFrom::Current(by) => file.pos().checked_add_signed(by).ok_or(EINVAL),
            SeekFrom::End(_) => Ok(u64::MAX),
        }
    }
}

const OPS: &file_operations = Table::<FullField>::OPS;

fn new_file() -> file {
    file {
        f_mode: 0,
        f_flags: 0,
        f_pos: 0,
        private_data: ptr::null_mut(),
    }
}

fn open(file: &mut file) -> c_int {
    // SAFETY: The file is new.
    unsafe { OPS.open.unwrap()(ptr::null_mut(), file) }
}

fn release(file: &mut file) {
    // SAFETY: The file was opened, and this is the last call for it.
    let result = unsafe { OPS.release.unwrap()(ptr::null_mut(), file) };
    assert_eq!(result, 0);
}

fn read(file: &mut file, buf: &mut [u8], pos: &mut i64) -> isize {
    // SAFETY: The file is open, and for the stand-ins `buf` is user memory.
    unsafe { OPS.read.unwrap()(file, buf.as_mut_ptr().cast(), buf.len(), pos) }
}

fn write(file: &mut file, len: usize, pos: &mut i64) -> isize {
    let buf = [0; 16];
    // SAFETY: The file is open, and for the stand-ins `buf` is user memory.
    unsafe { OPS.write.unwrap()(file, buf.as_ptr().cast(), len, pos) }
}

fn llseek(file: &mut file, offset: i64, whence: c_int) -> i64 {
    // SAFETY: The file is open.
    unsafe { OPS.llseek.unwrap()(file, offset, whence) }
}

fn errno(error: Error) -> i64 {
    error.to_errno().into()
}

#[test]
fn absent_handlers_are_null() {
    let ops = Table::<BareField>::OPS;
    assert!(ops.open.is_some());
    assert!(ops.read.is_none());
    assert!(ops.write.is_none());
    assert!(ops.llseek.is_none());
    assert!(ops.release.is_none());
}

/// One test, since it is one module's life.
#[test]
fn a_file_lives_while_its_module_is_live() {
    let mut file = new_file();
    assert_eq!(open(&mut file), ENXIO.to_errno());
    // SAFETY: This is the only place that loads the module.
    assert_eq!(unsafe { module::init::<Example>() }, 0);

    file.f_flags = kmod_bindings::O_NONBLOCK;
    assert_eq!(open(&mut file), EINVAL.to_errno());
    file.f_flags = 0;
    assert_eq!(open(&mut file), 0);
    assert_eq!(STATES.load(Ordering::Relaxed), 1);

    let mut buf = [0; 4];
    let mut pos = 3;
    assert_eq!(read(&mut file, &mut buf, &mut pos), 4);
    assert_eq!((&buf, pos), (b"3456", 7));
    assert_eq!(
        read(&mut file, &mut buf, &mut -1),
        EINVAL.to_errno() as isize
    );
    let unmapped = ptr::without_provenance_mut(kmod_bindings::USER_END);
    // SAFETY: For the stand-ins, this is user memory that is not mapped.
    let fault = unsafe { OPS.read.unwrap()(&mut file, unmapped, 4, &mut pos) };
    assert_eq!((fault, pos), (EFAULT.to_errno() as isize, 7));

    let mut pos = 0;
    assert_eq!(write(&mut file, 16, &mut pos), 3);
    assert_eq!(write(&mut file, 1, &mut pos), 1);
    assert_eq!(pos, 4);

    assert_eq!(llseek(&mut file, 5, 0), 5);
    assert_eq!(llseek(&mut file, 2, 1), 7);
    assert_eq!(llseek(&mut file, -1, 0), errno(EINVAL));
    assert_eq!(llseek(&mut file, 0, 2), errno(EOVERFLOW));
    assert_eq!(llseek(&mut file, 0, 3), errno(EINVAL));
    assert_eq!(file.f_pos, 7);

    // SAFETY: The module is live.
    let state = unsafe { Example::slot().get() };
    assert_eq!(state.full.released.load(Ordering::Relaxed), 0);
    release(&mut file);
    assert_eq!(state.full.released.load(Ordering::Relaxed), 1);
    assert_eq!(state.opened.load(Ordering::Relaxed), 1);
    assert_eq!(STATES.load(Ordering::Relaxed), 0);

    // SAFETY: `init` has succeeded, and no file is open.
    unsafe { module::exit::<Example>() };
    assert_eq!(open(&mut file), ENXIO.to_errno());
}
