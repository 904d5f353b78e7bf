// SPDX-License-Identifier: GPL-2.0-only
//! The kernel's table of a folder's sysctls.

use core::ffi::{CStr, c_int, c_void};
use core::sync::atomic::{AtomicPtr, Ordering};
use core::{mem, ptr};

use kmod_bindings::{self as bindings, KMOD_SYSCTL_END, ctl_table, ctl_table_header, loff_t};

use super::{Call, Direct, Format, How, SysctlCell};
use crate::error::Result;
use crate::error::code::ENOMEM;
use crate::instance::{At, Field, ModuleState, Object, Provides};
use crate::module::{Module, ModuleSlot};
use crate::task::Capability;
use crate::task::capability::require;

/// A field under `#[sysctl]`.
pub trait SysctlField: Field<Instance: Module> {
    /// The file: by [`SysctlEntry::new`].
    const ENTRY: SysctlEntry;
    /// What who writes it must have.
    const CAPABILITY: Option<Capability> = None;
    /// What is called after each successful write.
    const ON_CHANGE: Option<fn(&Self::Instance)> = None;
}

/// How a sysctl of this type is shown and written.
pub type SysctlHow<T> = How<<T as SysctlCell>::Value>;

/// A file, as the kernel's tables have it.
///
/// # Invariants
///
/// A field of the module's state has its handler, and all that this needs; it outlives the state.
#[repr(transparent)]
pub struct SysctlEntry(ctl_table);

// SAFETY: Nobody writes to it. What it points to is shared by its handlers, as they must.
unsafe impl Sync for SysctlEntry {}

impl SysctlEntry {
    /// No file.
    const NONE: Self = Self(
        // SAFETY: The kernel's tables end with zeroes.
        unsafe { mem::zeroed() },
    );

    /// The file of a field. What the field's type must have is asked for here alone, so that one
    /// that has it not is reported once.
    pub const fn new<F: SysctlField>(
        name: &'static CStr,
        mode: u16,
        how: &'static SysctlHow<F::Type>,
    ) -> Self
    where
        F::Type: SysctlCell,
        F::Instance: Provides<<F::Type as SysctlCell>::Module>,
    {
        let offset = ModuleSlot::<F::Instance>::STATE + F::OFFSET;
        let mut entry = ctl_table {
            procname: name.as_ptr(),
            data: F::Instance::SLOT
                .cast_mut()
                .wrapping_byte_add(offset)
                .cast(),
            mode,
            ..Self::NONE.0
        };
        if let Some(direct) = <F::Type as SysctlCell>::DIRECT
            && let Some(handler) = direct.handler(how)
        {
            entry.data = entry.data.wrapping_byte_add(direct.at());
            entry.maxlen = direct.maxlen();
            entry.proc_handler = Some(match (how.format, how.jiffies) {
                (Some(Format::Hex), None) => formatted::<F::Type, true, _>,
                (Some(Format::Octal), None) => formatted::<F::Type, false, _>,
                _ => handler,
            });
            if let Some((min, max)) = &how.range {
                entry.extra1 = ptr::from_ref(min).cast_mut().cast();
                entry.extra2 = ptr::from_ref(max).cast_mut().cast();
            }
            // INVARIANT: The handler is the kernel's for that type, or calls it; the field is there (`F`).
            return Self(entry);
        }
        entry.proc_handler = Some(handler::<F::Type, _>);
        entry.extra1 = ptr::from_ref(how).cast_mut().cast();
        // INVARIANT: It is as `handler` demands; the field is there (`F`).
        Self(entry)
    }
}

impl SysctlEntry {
    /// That of a field, as the kernel gets it: with what the module asks for before a write, and does after it.
    pub const fn of<F: SysctlField>() -> Self {
        let mut entry = F::ENTRY;
        if F::CAPABILITY.is_some() || F::ON_CHANGE.is_some() {
            entry.0.proc_handler = Some(around::<F, _>);
        }
        // INVARIANT: The handler is the field's own, or calls it.
        entry
    }
}

/// How a kernel passes the table to its handlers.
pub(super) trait TablePtr: Copy {
    fn get(self) -> *const ctl_table;
}

impl TablePtr for *const ctl_table {
    fn get(self) -> *const ctl_table {
        self
    }
}

impl TablePtr for *mut ctl_table {
    fn get(self) -> *const ctl_table {
        self
    }
}

/// The `proc_handler` of fields with a capability or an `on_change`, around that of their entry.
///
/// # Safety
///
/// As the handler of the field's entry.
unsafe extern "C" fn around<F: SysctlField, P: TablePtr>(
    table: P,
    write: c_int,
    buffer: *mut c_void,
    lenp: *mut usize,
    ppos: *mut loff_t,
) -> c_int {
    if write != 0
        && let Some(capability) = F::CAPABILITY
        && let Err(error) = require(capability)
    {
        return error.to_errno();
    }
    let table = table.get().cast_mut();
    let answer = match F::ENTRY.0.proc_handler {
        // SAFETY: It is the entry's own, and called as that is (this function's contract).
        Some(handler) => unsafe { handler(table, write, buffer, lenp, ppos) },
        None => 0,
    };
    if answer == 0
        && write != 0
        && let Some(on_change) = F::ON_CHANGE
    {
        // SAFETY: This is a callback of a registered object, and the reference does not leave it.
        on_change(unsafe { F::Instance::slot().get() });
    }
    answer
}

/// The `proc_handler` of numbers that the kernel's own takes, and does not show so.
///
/// # Safety
///
/// The kernel calls it for a registered entry, which is as the kernel's own handler for a `T` wants it.
unsafe extern "C" fn formatted<T: SysctlCell, const HEX: bool, P: TablePtr>(
    table: P,
    write: c_int,
    buffer: *mut c_void,
    lenp: *mut usize,
    ppos: *mut loff_t,
) -> c_int {
    let table = table.get();
    if write != 0 {
        return match const { Direct::takes(T::DIRECT) } {
            // SAFETY: It is the kernel's for a `T`, and called as it wants (this function's contract).
            Some(handler) => unsafe { handler(table.cast_mut(), write, buffer, lenp, ppos) },
            None => 0,
        };
    }
    // SAFETY: The kernel's argument.
    let data = unsafe { (*table).data };
    // SAFETY: `data` is a `T` in the module (this function's contract).
    let cell = unsafe { &*data.cast::<T>() };
    // SAFETY: The kernel's call, which lasts until this returns.
    let mut call = unsafe { Call::new(table, write, buffer, lenp, ppos) };
    let format = if HEX { Format::Hex } else { Format::Octal };
    answer(cell.show(&mut call, format))
}

/// The `proc_handler` of fields that the kernel's own do not serve.
///
/// # Safety
///
/// The kernel calls it for a registered entry. `data` is a `T` in the module, and `extra1` its `SysctlHow<T>`.
unsafe extern "C" fn handler<T: SysctlCell, P: TablePtr>(
    table: P,
    write: c_int,
    buffer: *mut c_void,
    lenp: *mut usize,
    ppos: *mut loff_t,
) -> c_int {
    // SAFETY: In a callback of a registered object the module's state is there, and the reference
    // does not leave it.
    let state = unsafe { T::Module::state() };
    let table = table.get();
    // SAFETY: The kernel's argument.
    let entry = unsafe { &*table };
    // SAFETY: `data` is a `T` in the module (this function's contract).
    let cell = unsafe { &*entry.data.cast::<T>() };
    // SAFETY: `extra1` is the entry's `SysctlHow<T>` (this function's contract).
    let how = unsafe { &*entry.extra1.cast::<SysctlHow<T>>() };
    // SAFETY: The kernel's call, which lasts until this returns.
    let mut call = unsafe { Call::new(table, write, buffer, lenp, ppos) };
    answer(cell.handle(state, &mut call, how))
}

/// As a `proc_handler` says it.
fn answer(result: Result) -> c_int {
    match result {
        Ok(()) => 0,
        Err(error) => error.to_errno(),
    }
}

/// The entries of a table, as the kernel takes them.
#[repr(C)]
pub struct SysctlEntries<const N: usize> {
    entries: [SysctlEntry; N],
    end: [SysctlEntry; KMOD_SYSCTL_END as usize],
}

impl<const N: usize> SysctlEntries<N> {
    /// With their end, where the kernel looks for it.
    pub const fn new(entries: [SysctlEntry; N]) -> Self {
        Self {
            entries,
            end: [SysctlEntry::NONE; KMOD_SYSCTL_END as usize],
        }
    }
}

/// Files of one folder.
///
/// # Invariants
///
/// `entries` are the `entries.len` ones of a `SysctlEntries`, with its end. `header` is what the
/// kernel gave for them, while they are registered.
pub struct SysctlTable {
    dir: &'static CStr,
    entries: *const ctl_table,
    len: usize,
    header: AtomicPtr<ctl_table_header>,
}

// SAFETY: The kernel only reads the entries.
unsafe impl Sync for SysctlTable {}

impl SysctlTable {
    /// Not registered yet.
    pub const fn new<const N: usize>(
        dir: &'static CStr,
        entries: &'static SysctlEntries<N>,
    ) -> Self {
        Self {
            dir,
            entries: ptr::from_ref(entries).cast(),
            len: N,
            header: AtomicPtr::new(ptr::null_mut()),
        }
    }
}

// SAFETY: `unregister_sysctl_table()` waits for the handlers that run, and lets none begin.
unsafe impl Object for SysctlTable {
    unsafe fn register(&self, _at: &At) -> Result {
        if self.len == 0 {
            // `#[cfg]` left none of them.
            return Ok(());
        }
        // SAFETY: So many entries and their end are in statics (invariant), and what their handlers
        // need is there until they are unregistered (the entries' invariant and the caller's
        // promise).
        let header =
            unsafe { bindings::kmod_sysctl_register(self.dir.as_ptr(), self.entries, self.len) };
        // INVARIANT: The kernel gave it.
        self.header.store(header, Ordering::Relaxed);
        if header.is_null() {
            Err(ENOMEM)
        } else {
            Ok(())
        }
    }

    unsafe fn unregister(&self, _at: &At) {
        // SAFETY: It is registered (the caller promises), or NULL, which the kernel passes over.
        unsafe { bindings::unregister_sysctl_table(self.header.load(Ordering::Relaxed)) };
    }
}
