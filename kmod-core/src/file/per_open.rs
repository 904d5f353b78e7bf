// SPDX-License-Identifier: GPL-2.0-only
//! The state of an open file as an instance: with timers, works and threads of its own.

use core::convert::Infallible;
use core::marker::PhantomData;
use core::mem::offset_of;
use core::ops::Deref;
use core::ptr::NonNull;

use kmod_bindings::file;

use super::PollTable;
use crate::error::Result;
use crate::error::code::ENODEV;
use crate::instance::{At, Instance, Object, Place, Sections, register_all, take_back};

/// A struct under [`#[per_open]`](macro@crate::per_open).
///
/// # Safety
///
/// [`OBJECTS`](OpenState::OBJECTS) has all of the struct's objects, in field order, and these keep nothing
/// but what is in the struct. Only `#[per_open]` implements this.
pub unsafe trait OpenState: Instance<Place = InFile<Self>> {
    /// The kernel objects that it owns.
    const OBJECTS: &'static [&'static dyn Object];
}

/// The state of an open file that has timers, works, threads or queues of its own: a struct under
/// [`#[per_open]`](macro@crate::per_open), as the `PerOpen` of a device's
/// [`FileOperations`](super::FileOperations).
///
/// `open` makes it; nothing of it can be armed yet. When that has returned it, it is put where it stays,
/// and its objects are registered in field order. After `release` they are taken back, in reverse: nothing
/// can be armed any more, who sleeps in their handlers wakes with `ENODEV`, and each is waited for. Then
/// the state is dropped. All the time the file keeps the module.
///
/// ```
/// use core::time::Duration;
/// use kmod_core::prelude::*;
///
/// /// Wakes who reads once a second
/// #[kernel_module(name = "metronome", license = "GPL")]
/// #[derive(Default)]
/// struct Metronome {
///     #[misc]
///     metronome: Device,
/// }
///
/// /// Each open file has a beat of its own.
/// #[per_open]
/// #[derive(Default)]
/// struct Listener {
///     #[timer]
///     beat: Timer<Beat>,
///     beats: AtomicU32,
///     heard: WaitQueue,
/// }
///
/// #[derive(Default)]
/// struct Beat;
///
/// #[handlers]
/// impl TimerHandler for Beat {
///     type Instance = Listener;
///
///     fn expired(&self, timer: &TimerCall<'_, Self>) -> Again {
///         let listener = timer.instance();
///         listener.beats.fetch_add(1, Ordering::Relaxed);
///         listener.heard.wake_up_all();
///         Again::After(Duration::from_secs(1))
///     }
/// }
///
/// #[derive(Default)]
/// struct Device;
///
/// #[file_operations]
/// impl FileOperations for Device {
///     type PerOpen = PerOpen<Listener>;
///
///     fn open(&self, _file: &OpenFile<'_, Self>) -> Result<PerOpen<Listener>> {
///         Ok(PerOpen::default())
///     }
///
///     fn read(&self, file: &File<'_, Self>, to: &mut UserWriter<'_>, _pos: u64) -> Result {
///         let listener = file.state();
///         listener.beat.arm(Duration::from_secs(1));
///         listener.heard.wait(|| listener.beats.swap(0, Ordering::Relaxed) > 0)?;
///         writeln!(to, "tick")
///     }
/// }
/// # fn main() {}
/// ```
///
/// # Invariants
///
/// `sections` are open from `up` to `down`, between which the value is not moved.
#[repr(C)]
pub struct PerOpen<S> {
    sections: Sections,
    state: S,
}

impl<S> PerOpen<S> {
    /// Of which nothing is registered.
    pub const fn new(state: S) -> Self {
        Self {
            // INVARIANT: They are not open.
            sections: Sections::new(),
            state,
        }
    }
}

impl<S: OpenState> PerOpen<S> {
    /// Registers the objects.
    ///
    /// # Errors
    ///
    /// The errno of the object that could not be registered; nothing is left then.
    ///
    /// # Safety
    ///
    /// The value is the state of a file that is being opened, and stays where it is until
    /// [`down`](Self::down) has returned, which is called unless this fails. The file keeps the module,
    /// whose state is there. Process context.
    unsafe fn up(&self) -> Result {
        // INVARIANT: It stays where it is.
        // SAFETY: This is called once for a value. Each way from here drains them.
        unsafe { self.sections.open() };
        let at = self.at();
        // SAFETY: They were registered with `at`.
        let undo = |done: &[&dyn Object]| unsafe { take_back(done, &at, || self.shut()) };
        // SAFETY: The state is at `at`, and none of the objects is registered: they keep nothing but what
        // is in it (`OpenState`'s contract).
        unsafe { register_all(S::OBJECTS, &at, undo) }
    }

    /// Takes the objects back.
    ///
    /// # Safety
    ///
    /// [`up`](Self::up) has succeeded, and this is the only call. No handler of the file runs, and none
    /// will. Process context.
    unsafe fn down(&self) {
        // SAFETY: `up` registered them with the same `at`.
        unsafe { take_back(S::OBJECTS, &self.at(), || self.shut()) };
    }

    /// Where the instance is.
    fn at(&self) -> At {
        At {
            instance: NonNull::from(&self.state).cast(),
            bound: None,
        }
    }

    /// Closes the sections, and waits until nobody is inside.
    fn shut(&self) {
        // SAFETY: They are open (invariant): `up` and `down` call this once.
        unsafe { self.sections.close() };
        // SAFETY: They are closed, once.
        unsafe { self.sections.drain() };
    }
}

impl<S> Deref for PerOpen<S> {
    type Target = S;

    fn deref(&self) -> &S {
        &self.state
    }
}

impl<S> From<S> for PerOpen<S> {
    fn from(state: S) -> Self {
        Self::new(state)
    }
}

impl<S: Default> Default for PerOpen<S> {
    fn default() -> Self {
        Self::new(S::default())
    }
}

/// The place of an open file's state: its [`PerOpen`]. There is no value: it has no files of its own.
pub struct InFile<S>(Infallible, PhantomData<fn() -> S>);

// SAFETY: There is no value. Sections are closed and drained before an object is unregistered.
unsafe impl<S: OpenState> Place<S> for InFile<S> {
    unsafe fn opening(_file: *mut file) -> Result<Self> {
        Err(ENODEV)
    }

    fn at(&self) -> NonNull<S> {
        match self.0 {}
    }

    unsafe fn live(_at: NonNull<S>) -> Result {
        Err(ENODEV)
    }

    unsafe fn enter<'a, R>(at: NonNull<S>, f: impl FnOnce(&'a S) -> R) -> Result<R>
    where
        S: 'a,
    {
        let around = at.as_ptr().wrapping_byte_sub(offset_of!(PerOpen<S>, state));
        // SAFETY: A callback of one of its objects runs (the caller's promise): they are registered by `up`
        // alone, of a `PerOpen`, and it lives for `'a`.
        let around: &'a PerOpen<S> = unsafe { &*around.cast::<PerOpen<S>>() };
        // SAFETY: They are open, or were (`PerOpen`'s invariant), and live as long as the state.
        unsafe { around.sections.enter(|| f(&around.state)) }
    }

    fn poll<'a>(&'a self, _table: &mut PollTable<'a>) {
        match self.0 {}
    }
}

/// What is done with the state of an open file when it has been put where it stays, and before it goes.
pub struct Life<T> {
    up: Option<unsafe fn(&T) -> Result>,
    down: Option<unsafe fn(&T)>,
}

impl<T> Life<T> {
    /// Nothing.
    pub const PLAIN: Self = Self {
        up: None,
        down: None,
    };

    /// Registers what the state owns.
    ///
    /// # Errors
    ///
    /// As `PerOpen::up`.
    ///
    /// # Safety
    ///
    /// As `PerOpen::up`.
    #[inline(always)]
    pub(super) unsafe fn begin(&self, state: &T) -> Result {
        match self.up {
            // SAFETY: That is this function's contract.
            Some(up) => unsafe { up(state) },
            None => Ok(()),
        }
    }

    /// Takes it back.
    ///
    /// # Safety
    ///
    /// As `PerOpen::down`.
    #[inline(always)]
    pub(super) unsafe fn end(&self, state: &T) {
        if let Some(down) = self.down {
            // SAFETY: That is this function's contract.
            unsafe { down(state) };
        }
    }
}

/// The [`Life`] of a type, as a constant: `LifeOf::<T>::LIFE`, with [`PlainLife`] in scope.
pub struct LifeOf<T>(PhantomData<T>);

impl<S: OpenState> LifeOf<PerOpen<S>> {
    /// That of an instance.
    pub const LIFE: Option<Life<PerOpen<S>>> = Some(Life {
        up: Some(PerOpen::up),
        down: Some(PerOpen::down),
    });
}

impl<S: OpenState> LifeOf<S> {
    /// None: nothing of it could ever be armed.
    pub const LIFE: Option<Life<S>> = None;
}

/// Fails to compile if there is none.
#[track_caller]
pub const fn some_life<T>(life: Option<Life<T>>) -> Life<T> {
    match life {
        Some(life) => life,
        None => panic!(
            "a struct under `#[per_open]` is no state of a file by itself\n= help: write `type PerOpen = \
             PerOpen<..>`, with the struct in it, and return `PerOpen::new(..)` from `open`"
        ),
    }
}

/// That of all other types: what a type has itself goes before what a trait gives it.
pub trait PlainLife {
    /// The type.
    type Of;

    /// Nothing is done.
    const LIFE: Option<Life<Self::Of>> = Some(Life::PLAIN);
}

impl<T> PlainLife for LifeOf<T> {
    type Of = T;
}
