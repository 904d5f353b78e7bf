// SPDX-License-Identifier: GPL-2.0-only
//! Files below `/proc`: what the kernel's `proc_create_data()` makes.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Counts who looks
//! #[kernel_module(name = "looks", license = "GPL")]
//! #[derive(Default)]
//! struct Looks {
//!     /// /proc/looks/stats: a text; a write begins anew
//!     #[proc(path = "looks/stats")]
//!     stats: Stats,
//!     /// /proc/looks/enabled: `Y` or `N`
//!     #[proc(path = "looks/enabled", mode = 0o644)]
//!     enabled: AtomicBool,
//!     reads: AtomicU64,
//! }
//!
//! #[derive(Default)]
//! struct Stats;
//!
//! #[handlers]
//! impl TextFile for Stats {
//!     type Instance = Looks;
//!
//!     fn show(&self, file: &TextCall<'_, Self>, to: &mut SeqFile<'_>) -> Result {
//!         let looks = file.instance();
//!         let reads = looks.reads.fetch_add(1, Ordering::Relaxed);
//!         writeln!(to, "read {reads} times")
//!     }
//!
//!     fn write(&self, file: &TextCall<'_, Self>, from: &mut UserReader<'_>) -> Result {
//!         file.instance().reads.store(from.parse()?, Ordering::Relaxed);
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```
//!
//! A file in a folder of the module's own has the folder made with the first one there, and taken
//! away with it. Nothing keeps the module while its files are open: it can be unloaded, which waits
//! for the handlers that run, and then reading and writing fail with `EIO`, as of C's. That is why
//! there is no `poll` and no `mmap` here: nothing would end what they begin.

use core::cell::Cell;
use core::ffi::{CStr, c_char, c_int, c_void};
use core::marker::PhantomData;
use core::mem;
use core::ptr::{self, NonNull};

use kmod_bindings::{self as bindings, file, inode, loff_t, proc_dir_entry, proc_ops, seq_file};

use crate::error::Result;
use crate::error::code::EEXIST;
use crate::instance::{At, Belongs, Field, Object, User, Users, field};
use crate::module::Module;
use crate::seq_file::SeqFile;
use crate::task::Capability;
use crate::task::capability::require;
use crate::text_file::{Rows, TextCall, TextFile, open_rows, text_mode};
use crate::uaccess::UserReader;

/// A field under `#[proc]`.
pub trait ProcField:
    Field<Instance: Module + Belongs<<Self::Type as TextFile>::Instance>, Type: TextFile>
{
    /// The path, from `/proc/` on.
    const PATH: &'static CStr;
    /// That of the folder which the module makes for it, if it is in one.
    const FOLDER: Option<&'static CStr>;
    /// What it is called there; without a folder of the module's, its path below `/proc`.
    const NAME: &'static CStr;
    /// Its mode, if the attribute names one.
    const MODE: Option<u16>;
    /// What who opens it must have.
    const CAPABILITY: Option<Capability> = None;
}

/// What the paths begin with.
const ROOT: usize = "/proc/".len();

const WRITABLE: u16 = 0o222;

/// What the kernel calls for the file of the field `F`.
struct Ops<F>(PhantomData<F>);

impl<F: ProcField> Ops<F> {
    const MODE: u16 = text_mode::<F::Type>(F::MODE);

    const SHOWS: bool = <F::Type as TextFile>::HANDLERS.show;

    const HAS_ROWS: bool = <F::Type as TextFile>::HANDLERS.row;

    /// A value can be written, but its mode need not let anybody.
    const WRITES: bool = <F::Type as TextFile>::HANDLERS.write && Self::MODE & WRITABLE != 0;

    const OPS: &'static proc_ops = &{
        // SAFETY: They are integers and pointers to functions, which may be zero.
        let mut ops: proc_ops = unsafe { mem::zeroed() };
        if Self::SHOWS || Self::HAS_ROWS {
            ops.proc_open = Some(Self::open);
            ops.proc_read_iter = Some(bindings::seq_read_iter);
            ops.proc_lseek = Some(bindings::seq_lseek);
            ops.proc_release = Some(match Self::HAS_ROWS {
                true => bindings::seq_release_private,
                false => bindings::single_release,
            });
        } else {
            ops.proc_lseek = Some(bindings::noop_llseek);
            if F::CAPABILITY.is_some() {
                ops.proc_open = Some(Self::open);
            }
        }
        if Self::WRITES {
            ops.proc_write = Some(Self::write);
        }
        ops
    };

    unsafe extern "C" fn open(_inode: *mut inode, file: *mut file) -> c_int {
        if let Some(capability) = F::CAPABILITY
            && let Err(error) = require(capability)
        {
            return error.to_errno();
        }
        if Self::HAS_ROWS {
            // SAFETY: The kernel gives a file that it is opening; the rows are of the module, whatever the data.
            return unsafe { open_rows::<Self>(file, ptr::null_mut()) };
        }
        if !Self::SHOWS {
            return 0;
        }
        // SAFETY: The kernel gives a file that it is opening.
        unsafe { bindings::single_open(file, Some(Self::show), ptr::null_mut()) }
    }

    unsafe extern "C" fn show(file: *mut seq_file, _v: *mut c_void) -> c_int {
        // SAFETY: The kernel gives the file for the time of this call, a callback of the entry.
        let mut to = unsafe { SeqFile::new(file) };
        // SAFETY: This is a callback of the entry.
        match unsafe { Self::with(|value, call| value.show(call, &mut to)) } {
            Ok(()) => 0,
            Err(error) => error.to_errno(),
        }
    }

    unsafe extern "C" fn write(
        _file: *mut file,
        buf: *const c_char,
        len: usize,
        _ppos: *mut loff_t,
    ) -> isize {
        // SAFETY: The kernel gives a buffer of user memory for the time of this call.
        let mut from = unsafe { UserReader::new(buf.cast(), len) };
        // SAFETY: This is a callback of the entry.
        match unsafe { Self::with(|value, call| value.write(call, &mut from)) } {
            Ok(()) => from.taken().cast_signed(),
            Err(error) => error.to_errno() as isize,
        }
    }

    /// Calls `f` with the field, and what its handler may reach.
    ///
    /// # Safety
    ///
    /// Only within a callback of the entry, for whose end `proc_remove()` waits.
    unsafe fn with<R>(f: impl FnOnce(&F::Type, &TextCall<'_, F::Type>) -> Result<R>) -> Result<R> {
        // SAFETY: The entry is there, and so is the module's state; the reference does not leave the
        // call (this function's contract).
        let instance = unsafe { F::Instance::slot().get() };
        // SAFETY: This is within a callback of a registered object (this function's contract).
        let call = unsafe { TextCall::new(instance) };
        f(field::<F>(instance), &call)
    }
}

impl<F: ProcField> Rows for Ops<F> {
    unsafe fn row(_data: *mut c_void, at: u64, to: &mut SeqFile<'_>) -> Result<Option<u64>> {
        // SAFETY: This is a callback of the entry (this function's contract).
        unsafe { Self::with(|value, call| value.row(call, at, to)) }
    }
}

/// The files that are in a folder of the module's.
static FOLDERS: Users<proc_dir_entry> = Users::new();

/// The entry of a field's file.
///
/// # Invariants
///
/// `entry` is the kernel's entry of the file while the object is registered. `made` is the folder, if
/// it was made for this file.
pub struct Proc<F> {
    entry: Cell<*mut proc_dir_entry>,
    folder: User<proc_dir_entry>,
    made: Cell<*mut proc_dir_entry>,
    field: PhantomData<fn() -> F>,
}

// SAFETY: Only `register` and `unregister` touch it, which never overlap.
unsafe impl<F> Sync for Proc<F> {}

impl<F: ProcField> Proc<F> {
    /// Not there yet.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self {
            entry: Cell::new(ptr::null_mut()),
            folder: User::new(),
            made: Cell::new(ptr::null_mut()),
            field: PhantomData,
        }
    }

    /// The folder of the file: that which an earlier file has, or a new one. NULL is `/proc`.
    ///
    /// # Safety
    ///
    /// Calls of this and of [`leave`](Self::leave) do not overlap, also those of other files; the
    /// object is static.
    unsafe fn enter(&self) -> Result<*mut proc_dir_entry> {
        let Some(path) = F::FOLDER else {
            return Ok(ptr::null_mut());
        };
        // SAFETY: The calls do not overlap (this function's contract).
        let folder = match unsafe { FOLDERS.find(path) } {
            Some(folder) => folder,
            None => {
                let folder = make_folder(path)?;
                self.made.set(folder.as_ptr());
                folder
            }
        };
        // SAFETY: The object is static (this function's contract).
        let user: &'static User<_> = unsafe { &*ptr::from_ref(&self.folder) };
        // SAFETY: The calls do not overlap (this function's contract), and the file has not entered.
        unsafe { FOLDERS.enter(user, path, folder) };
        Ok(folder.as_ptr())
    }

    /// Takes the folder away if it was made for this file.
    ///
    /// # Safety
    ///
    /// As [`enter`](Self::enter), which has been called; files that entered later have left.
    unsafe fn leave(&self) {
        if F::FOLDER.is_none() {
            return;
        }
        // SAFETY: It is the last one (this function's contract).
        unsafe { FOLDERS.leave() };
        let made = self.made.replace(ptr::null_mut());
        // SAFETY: It is NULL, of which nothing comes, or the folder that was made for this file
        // (invariant), in which nobody is any more.
        unsafe { bindings::proc_remove(made) };
    }
}

/// A folder in `/proc` that is not there yet.
fn make_folder(path: &'static CStr) -> Result<NonNull<proc_dir_entry>> {
    not_there(path)?;
    let name = path.as_ptr().wrapping_add(ROOT);
    // SAFETY: The name is a string, in a static.
    let folder = unsafe { bindings::proc_mkdir(name, ptr::null_mut()) };
    NonNull::new(folder).ok_or(EEXIST)
}

/// The kernel would only warn of a name that is taken.
fn not_there(path: &'static CStr) -> Result {
    // SAFETY: It is a string.
    match unsafe { bindings::kmod_proc_exists(path.as_ptr()) } {
        true => Err(EEXIST),
        false => Ok(()),
    }
}

// SAFETY: `proc_remove()` waits for what runs in the file, and lets nothing begin; files that are open
// are closed to the module by it.
unsafe impl<F: ProcField> Object for Proc<F> {
    unsafe fn register(&self, _at: &At) -> Result {
        not_there(F::PATH)?;
        // SAFETY: Calls do not overlap, and objects of modules are static (`register`'s contract).
        let folder = unsafe { self.enter() }?;
        let (name, mode, ops) = (F::NAME.as_ptr(), Ops::<F>::MODE, Ops::<F>::OPS);
        // SAFETY: The name and the functions are in statics; the folder is NULL or one that is there.
        let entry = unsafe { bindings::proc_create_data(name, mode, folder, ops, ptr::null_mut()) };
        if entry.is_null() {
            // SAFETY: It has entered, as the last one.
            unsafe { self.leave() };
            return Err(EEXIST);
        }
        // INVARIANT: It is the file's.
        self.entry.set(entry);
        Ok(())
    }

    unsafe fn unregister(&self, _at: &At) {
        // SAFETY: It is the file's entry (invariant), which is taken away once.
        unsafe { bindings::proc_remove(self.entry.get()) };
        // SAFETY: It has entered, and later ones have left (`unregister`'s contract).
        unsafe { self.leave() };
    }
}
