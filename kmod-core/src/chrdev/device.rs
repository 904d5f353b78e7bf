// SPDX-License-Identifier: GPL-2.0-only
//! A character device: numbers, a `cdev`, a class and the nodes in `/dev`.

use core::cell::Cell;
use core::ffi::CStr;
use core::marker::PhantomData;
use core::ops::Range;
use core::ptr::{self, NonNull};

use kmod_bindings::{self as bindings, dev_t, file_operations, kmod_node};

use super::class::Class;
use super::region::Region;
use crate::error::code::ENOMEM;
use crate::error::{Result, to_result};
use crate::file::DeviceTable;
use crate::module::Object;

/// A field under `#[chrdev]`.
pub trait ChrdevField: DeviceTable {
    /// The name in `/proc/devices` and, with the minor's number if there are several, of the nodes.
    const NAME: &'static CStr;
    /// The name of the class in `/sys/class`.
    const CLASS: &'static CStr;
    /// The paths of the nodes, if they are not the devices' names.
    const NODENAME: Option<NodeName> = None;
    /// The major number; 0 for one that is free.
    const MAJOR: u32 = 0;
    /// The first minor number.
    const FIRST_MINOR: u32 = 0;
    /// How many minors.
    const MINORS: u32 = 1;
    /// The permissions of the nodes in `/dev`; 0 for the kernel's default.
    const MODE: u16 = 0;
}

/// The path of a node below `/dev`, around the number that may stand in it.
pub struct NodeName {
    /// What comes before the number, or all of it.
    pub before: &'static CStr,
    /// What comes after the number, if there is one.
    pub after: Option<&'static CStr>,
}

/// The device of a field under `#[chrdev]`.
pub struct Chrdev<F> {
    /// Set while registered. Only `register` and `unregister` touch it.
    parts: Cell<Option<Parts>>,
    field: PhantomData<fn() -> F>,
}

// SAFETY: `parts` is touched by `register` and `unregister` only, which never overlap.
unsafe impl<F> Sync for Chrdev<F> {}

impl<F: ChrdevField> Chrdev<F> {
    /// What the class tells of the nodes.
    const NODE: &'static kmod_node = &kmod_node {
        mode: F::MODE,
        first_minor: F::FIRST_MINOR,
        before: match F::NODENAME {
            Some(path) => path.before.as_ptr(),
            None => ptr::null(),
        },
        after: match F::NODENAME {
            Some(NodeName {
                after: Some(after), ..
            }) => after.as_ptr(),
            _ => ptr::null(),
        },
    };

    /// Not registered yet.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self {
            parts: Cell::new(None),
            field: PhantomData,
        }
    }
}

// SAFETY: After `cdev_del()`, the only callbacks are those of files that are open or on their way
// to be, which hold a reference to the module: it is the `cdev`'s and the table's owner.
unsafe impl<F: ChrdevField> Object for Chrdev<F> {
    unsafe fn register(&'static self) -> Result {
        let region = Region::new(F::NAME, F::MAJOR, F::FIRST_MINOR, F::MINORS)?;
        let cdev = Cdev::add(F::OPS, region)?;
        let mut nodes = Nodes::new(F::CLASS)?;
        nodes.create(&cdev.region, F::NAME, Self::NODE)?;
        self.parts.set(Some(Parts {
            _nodes: nodes,
            _cdev: cdev,
        }));
        Ok(())
    }

    unsafe fn unregister(&'static self) {
        drop(self.parts.take());
    }
}

/// What a registered device consists of, in the order in which it is taken back.
struct Parts {
    _nodes: Nodes,
    _cdev: Cdev,
}

/// A device that answers to numbers.
///
/// # Invariants
///
/// `cdev` is added for the numbers of `region`. It is the kernel's own allocation: files that are
/// open keep it after it was deleted.
struct Cdev {
    cdev: NonNull<bindings::cdev>,
    region: Region,
}

impl Cdev {
    fn add(ops: &'static file_operations, region: Region) -> Result<Self> {
        // SAFETY: It has no preconditions.
        let cdev = NonNull::new(unsafe { bindings::cdev_alloc() }).ok_or(ENOMEM)?;
        // SAFETY: The `cdev` is new, and nobody else knows it.
        let fields = unsafe { &mut *cdev.as_ptr() };
        fields.owner = ops.owner;
        fields.ops = ops;
        // SAFETY: The `cdev` is complete, and the numbers are ours.
        let added = unsafe { bindings::cdev_add(cdev.as_ptr(), region.first(), region.minors()) };
        // INVARIANT: If adding it has failed, deleting it is how C frees it.
        let cdev = Self { cdev, region };
        to_result(added)?;
        Ok(cdev)
    }
}

impl Drop for Cdev {
    fn drop(&mut self) {
        // SAFETY: It was allocated by `cdev_alloc()` and is deleted once. The numbers' region goes
        // after it.
        unsafe { bindings::cdev_del(self.cdev.as_ptr()) };
    }
}

/// A class's devices of ours: they make the nodes.
///
/// # Invariants
///
/// `class` has a device for each of the numbers `created`.
struct Nodes {
    class: Class,
    created: Range<dev_t>,
}

impl Nodes {
    fn new(class: &'static CStr) -> Result<Self> {
        // INVARIANT: The class has no devices of ours yet.
        Ok(Self {
            class: Class::get(class)?,
            created: 0..0,
        })
    }

    /// Makes a device for each number.
    fn create(&mut self, region: &Region, name: &'static CStr, node: &'static kmod_node) -> Result {
        let first = region.first();
        let numbered = region.minors() > 1;
        for devt in first..first + region.minors() {
            // SAFETY: The class is registered, the name is a string that the kernel copies, and
            // the node is static.
            to_result(unsafe {
                bindings::kmod_device_create(
                    self.class.as_ptr(),
                    devt,
                    node,
                    name.as_ptr(),
                    numbered,
                )
            })?;
            // INVARIANT: The device has just been made.
            self.created = first..devt + 1;
        }
        Ok(())
    }
}

impl Drop for Nodes {
    fn drop(&mut self) {
        for devt in self.created.clone().rev() {
            // SAFETY: The class has this device (invariant).
            unsafe { bindings::device_destroy(self.class.as_ptr(), devt) };
        }
    }
}
