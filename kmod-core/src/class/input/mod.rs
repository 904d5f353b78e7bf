// SPDX-License-Identifier: GPL-2.0-only
//! Input devices: keys, axes and switches; the kernel's `struct input_dev`.
//!
//! ```
//! use kmod_core::prelude::*;
//!
//! /// Has a button
//! #[kernel_module(name = "bell", license = "GPL")]
//! #[derive(Default)]
//! struct Bell {
//!     #[input(name = "Bell", keys(KEY_PHONE), switches(SW_LID))]
//!     button: Input,
//!     /// /dev/bell: a write presses it
//!     #[misc]
//!     bell: Press,
//! }
//!
//! #[derive(Default)]
//! struct Press;
//!
//! #[file_operations]
//! impl FileOperations for Press {
//!     type Instance = Bell;
//!
//!     fn write(&self, file: &File<'_, Self>, from: &mut UserReader<'_>, _pos: u64) -> Result {
//!         from.skip(from.len())?;
//!         let button = &file.instance().button;
//!         button.report_key(input::KEY_PHONE, true);
//!         button.sync();
//!         button.report_key(input::KEY_PHONE, false);
//!         button.sync();
//!         Ok(())
//!     }
//! }
//! # fn main() {}
//! ```

mod codes;
mod keymap;
mod ops;

use core::cell::UnsafeCell;
use core::ffi::{c_int, c_uint};
use core::mem::MaybeUninit;
use core::ptr;

use kmod_bindings::{self as bindings, kmod_input, kmod_input_abs, kmod_input_plan};

pub use codes::*;
pub use keymap::KeyEntry;
#[doc(hidden)]
pub use keymap::ScanCode;
#[doc(hidden)]
pub use ops::InputHandlers;
pub use ops::{FfEffect, InputCall, InputOps};

use super::ClassDevice;
use crate::chrdev::NodeName;
use crate::error::{Result, to_result};
use crate::instance::{At, Belongs, Field};

/// An input device with its handler: a field under `#[input]`.
///
/// What is reported comes to those who have the device open while its instance lives: before its objects are
/// registered, once it is being taken away, and if no attribute knows it, reporting does nothing. A key or an
/// axis that was not declared is not reported. Reporting may be done anywhere.
///
/// # Invariants
///
/// `input` is all zeroes, or was made at the address where it is, as the field of an instance, and then the
/// value is not moved before it was ended.
pub struct Input<H = ()> {
    input: UnsafeCell<MaybeUninit<kmod_input>>,
    handler: H,
}

// SAFETY: The C functions synchronise all that they do with it.
unsafe impl<H: Send> Send for Input<H> {}
// SAFETY: The C functions synchronise also what they do by shared references.
unsafe impl<H: Sync> Sync for Input<H> {}

impl<H> Input<H> {
    /// Not registered.
    pub const fn new(handler: H) -> Self {
        Self {
            // INVARIANT: All zeroes.
            input: UnsafeCell::new(MaybeUninit::zeroed()),
            handler,
        }
    }

    /// Reports that a key is pressed, or is not any more: the kernel's `input_report_key()`.
    pub fn report_key(&self, key: Key, is_pressed: bool) {
        self.event(bindings::EV_KEY, key.code(), is_pressed.into());
    }

    /// Reports that a relative axis has moved by so much: `input_report_rel()`.
    pub fn report_rel(&self, axis: Relative, by: i32) {
        self.event(bindings::EV_REL, axis.code(), by);
    }

    /// Reports where an absolute axis is: `input_report_abs()`.
    pub fn report_abs(&self, axis: Absolute, value: i32) {
        self.event(bindings::EV_ABS, axis.code(), value);
    }

    /// Reports how a switch is: `input_report_switch()`.
    pub fn report_switch(&self, switch: Switch, is_on: bool) {
        self.event(bindings::EV_SW, switch.code(), is_on.into());
    }

    /// What was reported since the last call happened at once: `input_sync()`. Only then is it seen.
    pub fn sync(&self) {
        self.event(bindings::EV_SYN, 0, 0);
    }

    /// What is reported next is of this slot, the place of one of several touches, from 0 on: whether something
    /// touches there, and what. `input_mt_slot()` and `input_mt_report_slot_state()`. It does nothing if the device
    /// has no such slot.
    pub fn report_slot(&self, slot: u16, tool: MtTool, is_active: bool) {
        // SAFETY: It is zeroes, or made (invariant).
        unsafe {
            bindings::kmod_input_slot(self.as_ptr(), slot.into(), tool as c_uint, is_active);
        }
    }

    /// All touches of this moment were reported: `input_mt_sync_frame()`. What follows from them is reported, too:
    /// the first touch as that of one finger, `BTN_TOUCH`, the end of touches that were not told of. Then comes
    /// [`sync`](Self::sync).
    pub fn sync_frame(&self) {
        // SAFETY: It is zeroes, or made (invariant).
        unsafe { bindings::kmod_input_sync_frame(self.as_ptr()) };
    }

    /// What was given to [`new`](Self::new).
    pub fn handler(&self) -> &H {
        &self.handler
    }

    fn event(&self, kind: c_uint, code: u16, value: c_int) {
        // SAFETY: It is zeroes, or made (invariant).
        unsafe { bindings::kmod_input_event(self.as_ptr(), kind, code.into(), value) };
    }

    fn as_ptr(&self) -> *mut kmod_input {
        self.input.get().cast()
    }
}

impl<H: Default> Default for Input<H> {
    fn default() -> Self {
        Self::new(H::default())
    }
}

/// What touches: `MT_TOOL_`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum MtTool {
    /// A finger.
    Finger,
    /// A pen.
    Pen,
    /// A palm, which is not meant.
    Palm,
}

/// The flags of these names, of those that `#[input(slot_flags(…))]` takes: `INPUT_MT_`.
pub const fn mt_flags(mut names: &[&str]) -> u16 {
    let mut flags = 0;
    while let [name, others @ ..] = names {
        flags |= match name.as_bytes() {
            b"pointer" => bindings::INPUT_MT_POINTER,
            b"direct" => bindings::INPUT_MT_DIRECT,
            b"drop_unused" => bindings::INPUT_MT_DROP_UNUSED,
            _ => bindings::INPUT_MT_SEMI_MT,
        };
        names = others;
    }
    flags as u16
}

/// An absolute axis, as it is declared: its smallest and largest value, of which the first is not larger.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct AbsInfo(kmod_input_abs);

impl AbsInfo {
    /// One from `min` to `max`. Changes up to `fuzz` are noise, values up to `flat` are the middle, and a
    /// millimetre is `resolution` units.
    pub const fn new(
        axis: Absolute,
        (min, max): (i32, i32),
        (fuzz, flat, resolution): (i32, i32, i32),
    ) -> Self {
        Self(kmod_input_abs {
            axis: axis.code(),
            min,
            max,
            fuzz,
            flat,
            resolution,
        })
    }
}

/// What `#[input]` says of a field.
pub trait InputField: Field {
    /// The device's name.
    const NAME: NodeName;
    /// Its bus, vendor, product and version.
    const ID: [u16; 4] = [0; 4];
    /// Its keys and buttons.
    const KEYS: &'static [Key] = &[];
    /// Its relative axes.
    const RELATIVE: &'static [Relative] = &[];
    /// Its absolute axes.
    const ABSOLUTE: &'static [AbsInfo] = &[];
    /// The kinds of its force feedback.
    const FORCE_FEEDBACK: &'static [ForceFeedback] = &[];
    /// What its scan codes stand for.
    const KEYMAP: &'static [ScanCode] = &[];
    /// How many touches it tells apart, or 0.
    const SLOTS: u16 = 0;
    /// What follows from them: [`mt_flags`].
    const SLOT_FLAGS: u16 = 0;
    /// Its switches.
    const SWITCHES: &'static [Switch] = &[];
    /// Whether the kernel repeats a key that is held.
    const REPEAT: bool = false;
    /// How often `poll` is called, in milliseconds.
    const POLL_INTERVAL: u32 = 0;
}

/// What C is told of a field.
const fn plan<F: InputField>() -> kmod_input_plan {
    let [bustype, vendor, product, version] = F::ID;
    kmod_input_plan {
        keys: F::KEYS.as_ptr().cast(),
        relative: F::RELATIVE.as_ptr().cast(),
        switches: F::SWITCHES.as_ptr().cast(),
        absolute: F::ABSOLUTE.as_ptr().cast(),
        force_feedback: F::FORCE_FEEDBACK.as_ptr().cast(),
        keymap: F::KEYMAP.as_ptr().cast(),
        keys_count: F::KEYS.len() as u16,
        relative_count: F::RELATIVE.len() as u16,
        switches_count: F::SWITCHES.len() as u16,
        absolute_count: F::ABSOLUTE.len() as u16,
        force_feedback_count: F::FORCE_FEEDBACK.len() as u16,
        keymap_count: F::KEYMAP.len() as u16,
        slots: F::SLOTS,
        slot_flags: F::SLOT_FLAGS,
        bustype,
        vendor,
        product,
        version,
        repeat: F::REPEAT,
        poll_interval: F::POLL_INTERVAL,
        memless: if F::FORCE_FEEDBACK.is_empty() {
            None
        } else {
            Some(bindings::kmod_input_memless)
        },
        sparse_keymap: if F::KEYMAP.is_empty() {
            None
        } else {
            Some(bindings::kmod_input_keymap)
        },
    }
}

// SAFETY: `kmod_input_event()` passes the gate that `close` shuts; `kmod_input_end()` is
// `input_unregister_device()`, which closes the device, waits for who opens, closes or polls it, and stops and
// erases all effects under the lock with which they are played.
#[diagnostic::do_not_recommend]
unsafe impl<H, F> ClassDevice<F> for Input<H>
where
    H: InputOps,
    F: InputField<Type = Self>,
    F::Instance: Belongs<H::Instance>,
{
    unsafe fn register(&self, at: &At) -> Result {
        const {
            assert!(
                H::HANDLERS.poll == (F::POLL_INTERVAL > 0),
                "a device that is polled has a `poll_interval` and a `poll`"
            );
            assert!(
                H::HANDLERS.play_effect != F::FORCE_FEEDBACK.is_empty(),
                "a device with `force_feedback(…)` has a `play_effect`, and no other"
            )
        }
        let name = super::name(const { &F::NAME }, at);
        let parent = at.parent().unwrap_or(ptr::null_mut());
        let data = ptr::from_ref(self).cast_mut().cast();
        let (plan, ops) = (plan::<F>(), const { &ops::ops::<H, F>() });
        // INVARIANT: It is where it stays (`register`'s contract).
        // SAFETY: It is not made. The lists and the functions are static, and the functions are for this
        // field; the value stays until it was unregistered (`register`'s contract).
        to_result(unsafe {
            bindings::kmod_input_make(self.as_ptr(), parent, &name, &plan, ops, data)
        })?;
        Ok(())
    }

    unsafe fn close(&self) {
        // SAFETY: It is made (`close`'s contract).
        unsafe { bindings::kmod_input_shut(self.as_ptr()) };
    }

    unsafe fn unregister(&self) {
        // SAFETY: It was made and shut (`unregister`'s contract).
        unsafe { bindings::kmod_input_end(self.as_ptr()) };
    }
}
