// SPDX-License-Identifier: GPL-2.0-only
//! Files that can be polled.

use core::ops::Deref;
use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};

use kmod_bindings::{self as bindings, kernfs_node};

use super::{SysfsCall, SysfsFile, SysfsHandlers, SysfsWriter};
use crate::error::Result;
use crate::str::Terminated;

/// A file in sysfs of which user space can wait for a change: `poll(2)` for `POLLPRI` on it, after it was
/// read, returns when the module calls [`notify`](Self::notify).
///
/// It is the file that `T` would be, and its value is used as a `T`.
///
/// ```
/// use kmod_core::prelude::*;
///
/// /// Alarms
/// #[kernel_module(name = "alarm", license = "GPL")]
/// #[derive(Default)]
/// struct Alarm {
///     /// /sys/module/alarm/level
///     #[sysfs]
///     level: SysfsPolled<AtomicU32>,
/// }
///
/// fn raise(alarm: &Alarm) {
///     alarm.level.fetch_add(1, Ordering::Relaxed);
///     alarm.level.notify();
/// }
/// # fn main() {}
/// ```
#[derive(Default)]
pub struct SysfsPolled<T> {
    value: T,
    node: Node,
}

impl<T> SysfsPolled<T> {
    /// A file of `value`.
    pub const fn new(value: T) -> Self {
        Self {
            value,
            node: Node::new(),
        }
    }

    /// Wakes those who poll the file: the kernel's `sysfs_notify()`. May be called anywhere. It does
    /// nothing before the file is there, or after it.
    pub fn notify(&self) {
        let node = self.node.0.load(Ordering::Acquire);
        if !node.is_null() {
            // SAFETY: It holds a reference to the node (invariant).
            unsafe { bindings::kmod_node_notify(node) };
        }
    }
}

impl<T> Deref for SysfsPolled<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// The kernel's node of a file.
///
/// # Invariants
///
/// It is null, or holds a reference to the node, from when it is set until it is dropped.
#[doc(hidden)]
#[derive(Debug)]
pub struct Node(AtomicPtr<kernfs_node>);

impl Node {
    const fn new() -> Self {
        // INVARIANT: It is null.
        Self(AtomicPtr::new(ptr::null_mut()))
    }

    /// Keeps the node of a file.
    ///
    /// # Safety
    ///
    /// `node` is null, or comes with a reference that is nobody else's.
    pub(super) unsafe fn set(&self, node: *mut kernfs_node) {
        let order = (Ordering::AcqRel, Ordering::Relaxed);
        // INVARIANT: The reference is its own from now on (this function's contract).
        let set = self
            .0
            .compare_exchange(ptr::null_mut(), node, order.0, order.1);
        if set.is_err() && !node.is_null() {
            // SAFETY: A safe `node()` has led here for another file before: the reference is not needed.
            unsafe { bindings::kmod_node_put(node) };
        }
    }
}

impl Default for Node {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let node = *self.0.get_mut();
        if !node.is_null() {
            // SAFETY: It holds a reference (invariant), which ends here.
            unsafe { bindings::kmod_node_put(node) };
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: SysfsFile + Send + Sync> SysfsFile for SysfsPolled<T> {
    type Module = T::Module;
    type Instance = T::Instance;

    const HANDLERS: SysfsHandlers = T::HANDLERS;

    fn is_visible(&self, file: &SysfsCall<'_, Self>) -> bool {
        self.value.is_visible(&of_value(file))
    }

    fn show(&self, file: &SysfsCall<'_, Self>, to: &mut SysfsWriter<'_>) -> Result {
        self.value.show(&of_value(file), to)
    }

    fn store_text(&self, file: &SysfsCall<'_, Self>, text: Terminated<'_>) -> Result {
        self.value.store_text(&of_value(file), text)
    }

    fn node(&self) -> Option<&Node> {
        Some(&self.node)
    }
}

/// The same call, for the value's own handler.
fn of_value<'a, T: SysfsFile + Send + Sync>(
    file: &SysfsCall<'a, SysfsPolled<T>>,
) -> SysfsCall<'a, T> {
    SysfsCall {
        instance: file.instance,
        module: file.module,
    }
}
