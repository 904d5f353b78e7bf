// SPDX-License-Identifier: GPL-2.0-only
//! The open file that a handler is called for.

use core::marker::PhantomData;
use core::ops::Deref;
use core::sync::atomic::{AtomicI64, Ordering};

use kmod_bindings as bindings;

use super::{FileOperations, O_NONBLOCK, SeekFrom};
use crate::error::Result;
use crate::error::code::{EINVAL, EOVERFLOW};
use crate::instance::ModuleState;

/// A file that is being opened: all that [`FileOperations::open`] may know.
///
/// # Invariants
///
/// `file` is a file of a device of type `D`, and it lives as long as the handler's call, which the
/// value does not outlive.
pub struct OpenFile<'a, D: FileOperations> {
    pub(super) file: *mut bindings::file,
    instance: &'a D::Instance,
    /// The call itself said that it must not sleep.
    nowait: bool,
    device: PhantomData<&'a D>,
}

impl<'a, D: FileOperations> OpenFile<'a, D> {
    /// The file of a call, of a device that is a field of `instance`.
    ///
    /// # Safety
    ///
    /// `file` is what the kernel gave to a callback of a device of type `D`, and the value is gone
    /// when the callback returns.
    pub(super) unsafe fn new(file: *mut bindings::file, instance: &'a D::Instance) -> Self {
        // INVARIANT: The kernel gave the file to this callback, which the value does not outlive (`new`'s contract).
        Self {
            file,
            instance,
            nowait: false,
            device: PhantomData,
        }
    }

    /// The same file, for the device behind a pointer to it.
    pub(super) fn of_device<T>(&self) -> OpenFile<'a, T>
    where
        T: FileOperations<Module = D::Module, Instance = D::Instance>,
    {
        // INVARIANT: A file of a pointer's is one of the device behind it; the copy lives as long.
        OpenFile {
            file: self.file,
            instance: self.instance,
            nowait: self.nowait,
            device: PhantomData,
        }
    }

    /// The same file in a call that says itself whether it must not sleep.
    pub(super) fn with_nowait(self, nowait: bool) -> Self {
        Self { nowait, ..self }
    }

    /// The state of the module that the device belongs to.
    pub fn module(&self) -> &'a D::Module {
        // SAFETY: This is within a callback of a registered object, which the value does not outlive
        // (invariant).
        unsafe { D::Module::state() }
    }

    /// The struct of which the device is a field: [`FileOperations::Instance`].
    pub fn instance(&self) -> &'a D::Instance {
        self.instance
    }

    /// Which of the device's minors was opened, counted from 0 whatever their first number is.
    pub fn minor(&self) -> u32 {
        // SAFETY: The file lives (invariant), and it is a character device's.
        unsafe { bindings::kmod_file_minor(self.file) }
    }

    /// Whether a handler should return `EAGAIN` where it would sleep: the file has `O_NONBLOCK`, or
    /// the call of `read_iter` or `write_iter` is one with `RWF_NOWAIT`.
    pub fn nonblocking(&self) -> bool {
        self.nowait || self.flags().contains(O_NONBLOCK)
    }
}

/// An open file, with the state that [`FileOperations::open`] made for it.
pub struct File<'a, D: FileOperations> {
    file: OpenFile<'a, D>,
    state: &'a D::PerOpen,
}

impl<'a, D: FileOperations> File<'a, D> {
    pub(super) fn new(file: OpenFile<'a, D>, state: &'a D::PerOpen) -> Self {
        Self { file, state }
    }

    /// The same file, for the device behind a pointer to it.
    pub(super) fn of_device<T>(&self) -> File<'a, T>
    where
        T: FileOperations<Module = D::Module, Instance = D::Instance, PerOpen = D::PerOpen>,
    {
        File::new(self.file.of_device(), self.state)
    }

    /// What `open` returned for this file.
    pub fn state(&self) -> &'a D::PerOpen {
        self.state
    }

    /// The position where the file stands; for [`llseek`](FileOperations::llseek).
    /// `read` and `write` get theirs as an argument, since `pread(2)` brings its own.
    pub fn pos(&self) -> u64 {
        self.atomic_pos()
            .load(Ordering::Relaxed)
            .try_into()
            .unwrap_or(0)
    }

    /// The new position in a file of a fixed size, as the kernel's `fixed_size_llseek()` finds it.
    ///
    /// # Errors
    ///
    /// `EINVAL` if that would be before the start or behind the end, `EOVERFLOW` if C's `loff_t`
    /// cannot hold `size`.
    pub fn seek_fixed(&self, to: SeekFrom, size: u64) -> Result<u64> {
        let end = size.try_into().map_err(|_| EOVERFLOW)?;
        if let SeekFrom::Start(pos) = to {
            // It is set when the handler returns.
            return if pos <= size { Ok(pos) } else { Err(EINVAL) };
        }
        let (offset, whence) = to.to_raw()?;
        // SAFETY: The file lives (invariant).
        let pos = unsafe { bindings::fixed_size_llseek(self.file.file, offset, whence, end) };
        // Its only error is EINVAL.
        u64::try_from(pos).map_err(|_| EINVAL)
    }

    /// Sets the position, which must not be negative.
    pub(super) fn set_pos(&self, pos: bindings::loff_t) {
        self.atomic_pos().store(pos, Ordering::Relaxed);
    }

    fn atomic_pos(&self) -> &AtomicI64 {
        // SAFETY: The file lives (invariant).
        let pos = unsafe { &raw mut (*self.file.file).f_pos };
        // SAFETY: The field is an aligned `i64` that lives as long as the file. Others that use it
        // meanwhile are C code, which reads and writes it as a whole (on old kernels by plain accesses,
        // which the compiler makes one instruction of).
        unsafe { AtomicI64::from_ptr(pos) }
    }
}

impl<'a, D: FileOperations> Deref for File<'a, D> {
    type Target = OpenFile<'a, D>;

    fn deref(&self) -> &Self::Target {
        &self.file
    }
}
