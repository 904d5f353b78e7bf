// SPDX-License-Identifier: GPL-2.0-only
//! A character device: numbers, a `cdev`, a class and the nodes in `/dev`.

use core::cell::UnsafeCell;
use core::ffi::CStr;
use core::hint::black_box;
use core::marker::PhantomData;
use core::mem::{ManuallyDrop, MaybeUninit};
use core::ptr::{self, NonNull};

use kmod_bindings::{self as bindings, dev_t, file_operations, kmod_files, kmod_node};

use super::class::{Class, ClassUser};
use super::region::Region;
use crate::alloc::{GFP_KERNEL, KVec};
use crate::error::code::ENOMEM;
use crate::error::{Result, from_err_ptr, to_result};
use crate::file::{DeviceTable, table_of};
use crate::instance::{At, Object};
use crate::module::{Module, wait_for_callbacks};
use crate::sysfs::{DeviceFiles, MadeFiles};

/// A field under `#[chrdev]`.
pub trait ChrdevField: DeviceTable<Instance: Module> {
    /// The name in `/proc/devices` and, with the minor's number if there are several, of the nodes.
    const NAME: &'static CStr;
    /// The name of the class in `/sys/class`.
    const CLASS: &'static CStr;
    /// Whether another device of the module has a class of this name.
    const SHARES_CLASS: bool = false;
    /// The paths of the nodes, if they are not the devices' names.
    const NODENAME: Option<NodeName> = None;
    /// The major number; 0 for one that is free.
    const MAJOR: u32 = 0;
    /// The first minor number.
    const FIRST_MINOR: u32 = 0;
    /// How many minors, where that is fixed.
    const MINORS: u32 = 1;
    /// Whether the names have a number though there may be but one minor.
    const NUMBERED: bool = Self::MINORS > 1;
    /// The permissions of the nodes in `/dev`; 0 for the kernel's default.
    const MODE: u16 = 0;

    /// How many minors. Once the parameters have their values, it is always the same.
    #[inline(always)]
    fn minors() -> u32 {
        Self::MINORS
    }
}

/// The path of a node below `/dev`, around the number that may stand in it.
pub struct NodeName {
    /// What comes before the number, or all of it.
    pub before: &'static CStr,
    /// What comes after the number, if there is one.
    pub after: Option<&'static CStr>,
}

impl NodeName {
    /// The text, with this number in it.
    pub(crate) fn numbered(&self, index: u32) -> Result<KVec<u8>> {
        let mut name = KVec::new();
        name.extend_from_slice(self.before.to_bytes(), GFP_KERNEL)?;
        if let Some(after) = self.after {
            name.extend_from_slice(itoa::Buffer::new().format(index).as_bytes(), GFP_KERNEL)?;
            name.extend_from_slice(after.to_bytes(), GFP_KERNEL)?;
        }
        Ok(name)
    }
}

/// The device of a field under `#[chrdev]` that has no other beside it. What there is to know of it the
/// compiler knows where it registers it.
pub struct Chrdev<F> {
    device: Device,
    field: PhantomData<fn() -> F>,
}

/// One of those that follow each other, for which there is one code.
pub struct ChrdevRow<M> {
    device: Device,
    plan: &'static Plan,
    minors: M,
}

/// One of which it is known how many minors it has.
pub type FixedChrdev = ChrdevRow<u32>;

/// One of which a parameter may say so.
pub type CountedChrdev = ChrdevRow<fn() -> u32>;

// SAFETY: `register` and `unregister` never overlap; the plan is constant.
unsafe impl<M: Sync> Sync for ChrdevRow<M> {}

/// What a device keeps.
///
/// # Invariants
///
/// `kept` is initialised while the device is registered. Only `register` and `unregister` touch it
/// and `class`.
struct Device {
    kept: UnsafeCell<MaybeUninit<Kept>>,
    class: ClassUser,
}

// SAFETY: `register` and `unregister` never overlap.
unsafe impl Sync for Device {}

impl Device {
    const fn new() -> Self {
        Self {
            kept: UnsafeCell::new(MaybeUninit::uninit()),
            class: ClassUser::new(),
        }
    }

    /// Registers it by this plan.
    ///
    /// # Safety
    ///
    /// As [`Object::register`].
    #[inline]
    unsafe fn register(&self, plan: &'static Plan, minors: u32, at: &At) -> Result {
        // SAFETY: The object stays until it was unregistered (the caller's promise), which drops the
        // parts, and with them what has the reference.
        let class: &'static ClassUser = unsafe { &*ptr::from_ref(&self.class) };
        // SAFETY: Calls do not overlap, and objects go in reverse; the instance is at `at` (the caller's promise).
        let parts = unsafe { plan.register(at, class, minors) }?;
        // SAFETY: Nobody else touches it meanwhile (invariant).
        unsafe { &mut *self.kept.get() }.write(parts.keep());
        Ok(())
    }

    /// Takes it back.
    ///
    /// # Safety
    ///
    /// As [`Object::unregister`]; it was registered by this plan, with so many minors.
    #[inline]
    unsafe fn unregister(&self, plan: &Plan, minors: u32) {
        // SAFETY: Nobody else touches it meanwhile (invariant).
        let kept = unsafe { &*self.kept.get() };
        // SAFETY: The device is registered (invariant).
        let kept = unsafe { kept.assume_init_read() };
        // SAFETY: It was registered by this plan (the caller's promise), and is dropped once.
        drop(unsafe { plan.parts(kept, minors) });
    }
}

impl<F: ChrdevField> Chrdev<F> {
    /// Not registered yet.
    #[expect(
        clippy::new_without_default,
        reason = "it is made in statics, where `Default` cannot be called"
    )]
    pub const fn new() -> Self {
        Self {
            device: Device::new(),
            field: PhantomData,
        }
    }
}

impl FixedChrdev {
    /// That of this field, not registered yet.
    pub const fn new<F: ChrdevField>() -> Self {
        Self {
            device: Device::new(),
            plan: Plan::of::<F>(),
            minors: F::MINORS,
        }
    }
}

impl CountedChrdev {
    /// That of this field, not registered yet.
    pub const fn new<F: ChrdevField>() -> Self {
        Self {
            device: Device::new(),
            plan: Plan::of::<F>(),
            minors: F::minors,
        }
    }
}

/// How many minors there are, once the parameters have their values.
pub trait Minors: Copy + Sync {
    /// It is always the same.
    fn count(self) -> u32;
}

impl Minors for u32 {
    fn count(self) -> u32 {
        self
    }
}

impl Minors for fn() -> u32 {
    fn count(self) -> u32 {
        self()
    }
}

// SAFETY: After `cdev_del()`, the only callbacks are those of files that are open or on their way
// to be, which hold a reference to the module: it is the `cdev`'s and the table's owner. If
// `register` fails after the `cdev` was added, it waits for them.
unsafe impl<F: ChrdevField> Object for Chrdev<F> {
    unsafe fn register(&self, at: &At) -> Result {
        // SAFETY: As this function's own (the caller's promise).
        unsafe { self.device.register(Plan::of::<F>(), F::minors(), at) }
    }

    unsafe fn unregister(&self, _at: &At) {
        // SAFETY: As this function's own (the caller's promise); `register` has taken this plan and number.
        unsafe { self.device.unregister(Plan::of::<F>(), F::minors()) };
    }
}

// SAFETY: As for `Chrdev`: both register a `Device`.
unsafe impl<M: Minors> Object for ChrdevRow<M> {
    unsafe fn register(&self, at: &At) -> Result {
        let minors = self.minors.count();
        // SAFETY: As this function's own (the caller's promise).
        unsafe { self.device.register(self.plan, minors, at) }
    }

    unsafe fn unregister(&self, _at: &At) {
        let minors = self.minors.count();
        // SAFETY: As this function's own (the caller's promise); `register` has taken this plan and number.
        unsafe { self.device.unregister(self.plan, minors) };
    }
}

/// What a field's attribute says.
struct Plan {
    name: &'static CStr,
    ops: &'static file_operations,
    major: u32,
    numbered: bool,
    node: kmod_node,
    /// Has the class tell of the nodes what is not the kernel's default.
    describe: Option<unsafe extern "C" fn(*mut bindings::class)>,
    class: &'static CStr,
    shares_class: bool,
    files: Option<&'static dyn DeviceFiles>,
}

/// What a registered device consists of, in the order in which it is taken back.
struct Parts {
    _nodes: Nodes,
    files: MadeFiles,
    class: Class,
    cdev: Cdev,
    region: Region,
}

/// What is kept of a registered device: the rest of its parts is in its plan.
struct Kept {
    class: NonNull<bindings::class>,
    made_class: bool,
    first: dev_t,
    cdev: NonNull<bindings::cdev>,
    files: Option<NonNull<kmod_files>>,
}

impl Parts {
    /// Keeps the device registered.
    fn keep(self) -> Kept {
        let Self {
            _nodes: nodes,
            files,
            class,
            cdev,
            region,
        } = self;
        let parts = ManuallyDrop::new((nodes, class, cdev, region));
        let (_, class, cdev, region) = &*parts;
        Kept {
            class: class.class,
            made_class: class.made,
            first: region.first,
            cdev: cdev.0,
            files: files.keep(),
        }
    }
}

impl Plan {
    /// What there is to know of the device of a field. The code is the same for all.
    const fn of<F: ChrdevField>() -> &'static Self {
        const {
            &Self {
                name: F::NAME,
                ops: table_of::<F>(),
                major: F::MAJOR,
                numbered: F::NUMBERED,
                node: kmod_node {
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
                },
                describe: match F::NODENAME {
                    Some(_) => Some(bindings::kmod_class_paths),
                    None if F::MODE != 0 => Some(bindings::kmod_class_modes),
                    None => None,
                },
                class: F::CLASS,
                shares_class: F::SHARES_CLASS,
                files: F::FILES,
            }
        }
    }

    /// Registers all that the device consists of.
    ///
    /// # Safety
    ///
    /// Calls of this, and drops of what it returned, do not overlap; what it returned later is
    /// dropped earlier. The instance of the device's field is at `at` until then.
    unsafe fn register(
        &'static self,
        at: &At,
        user: &'static ClassUser,
        minors: u32,
    ) -> Result<Parts> {
        let region = Region::new(self.name, self.major, self.node.first_minor, minors)?;
        let cdev = Cdev::add(self.ops, &region)?;
        // SAFETY: Calls do not overlap, and what is made later goes earlier (this function's
        // contract).
        match unsafe { self.nodes(at, user, &region) } {
            Ok((nodes, files, class)) => Ok(Parts {
                _nodes: nodes,
                files,
                class,
                cdev,
                region,
            }),
            Err(error) => {
                drop(cdev);
                wait_for_callbacks();
                Err(error)
            }
        }
    }

    /// Makes the class, if need be, and its device for each number.
    ///
    /// # Safety
    ///
    /// As [`register`](Self::register).
    unsafe fn nodes(
        &'static self,
        at: &At,
        user: &'static ClassUser,
        region: &Region,
    ) -> Result<(Nodes, MadeFiles, Class)> {
        // SAFETY: Calls do not overlap, and what is made later goes earlier (the contract of
        // `register`).
        let class = unsafe { Class::get(self.class, self.shares_class.then_some(user)) }?;
        if let Some(describe) = self.describe {
            // SAFETY: The class is registered, and each of its devices is made below.
            unsafe { describe(class.class.as_ptr()) };
        }
        // SAFETY: The instance is at `at`, and its object is being registered (the contract of `register`);
        // the nodes, which are declared below it, go first.
        let files = unsafe { MadeFiles::new(self.files, at) }?;
        // INVARIANT: The class has no devices of ours yet.
        let mut nodes = Nodes {
            class: class.class,
            first: region.first,
            count: 0,
        };
        let format = if self.numbered { c"%s%u" } else { c"%s" };
        let node: *const kmod_node = &self.node;
        // Of a few turns that it could count the optimiser would write out each.
        let minors = match region.minors {
            1 => 1,
            several => black_box(several),
        };
        while nodes.count < minors {
            // SAFETY: The class is registered, the node is static, and the format takes a string
            // and a number, or the first of them, of which the kernel makes a string of its own.
            let device = unsafe {
                bindings::device_create_with_groups(
                    nodes.class.as_ptr(),
                    ptr::null_mut(),
                    nodes.first.wrapping_add(nodes.count),
                    node.cast_mut().cast(),
                    files.groups(),
                    format.as_ptr(),
                    self.name.as_ptr(),
                    nodes.count,
                )
            };
            let device = from_err_ptr(device)?;
            // INVARIANT: The device has just been made.
            nodes.count += 1;
            // SAFETY: They were made with `at`, and the device with them.
            unsafe { files.made(at, device.as_ptr()) };
        }
        Ok((nodes, files, class))
    }

    /// The parts of a device that was registered by this plan, to be dropped.
    ///
    /// # Safety
    ///
    /// [`Parts::keep`] gave `kept`, of what this plan has registered, and it is used once.
    unsafe fn parts(&self, kept: Kept, minors: u32) -> Parts {
        // INVARIANT: `Parts::keep` has kept what it was made of.
        Parts {
            _nodes: Nodes {
                class: kept.class,
                first: kept.first,
                count: minors,
            },
            // SAFETY: It was kept of this plan's files, and is used once (this function's contract).
            files: unsafe { MadeFiles::kept(self.files, kept.files) },
            class: Class {
                class: kept.class,
                made: kept.made_class || !self.shares_class,
                shared: self.shares_class,
            },
            cdev: Cdev(kept.cdev),
            region: Region {
                first: kept.first,
                minors,
            },
        }
    }
}

/// A device that answers to numbers of ours.
///
/// # Invariants
///
/// It is added. It is the kernel's own allocation: files that are open keep it after it was
/// deleted.
struct Cdev(NonNull<bindings::cdev>);

impl Cdev {
    fn add(ops: &'static file_operations, region: &Region) -> Result<Self> {
        // SAFETY: It has no preconditions.
        let cdev = NonNull::new(unsafe { bindings::cdev_alloc() }).ok_or(ENOMEM)?;
        // SAFETY: The `cdev` is new, and nobody else knows it.
        let fields = unsafe { &mut *cdev.as_ptr() };
        fields.owner = ops.owner;
        fields.ops = ops;
        // SAFETY: The `cdev` is complete, and the numbers are ours.
        let added = unsafe { bindings::cdev_add(cdev.as_ptr(), region.first, region.minors) };
        // INVARIANT: If adding it has failed, deleting it is how C frees it.
        let cdev = Self(cdev);
        to_result(added)?;
        Ok(cdev)
    }
}

impl Drop for Cdev {
    fn drop(&mut self) {
        // SAFETY: It was allocated by `cdev_alloc()` and is deleted once. The numbers are given
        // back after it.
        unsafe { bindings::cdev_del(self.0.as_ptr()) };
    }
}

/// A class's devices of ours: they make the nodes.
///
/// # Invariants
///
/// `class` has a device for each of the `count` numbers from `first` on.
struct Nodes {
    class: NonNull<bindings::class>,
    first: dev_t,
    count: u32,
}

impl Drop for Nodes {
    fn drop(&mut self) {
        while self.count > 0 {
            self.count -= 1;
            let devt = self.first.wrapping_add(self.count);
            // SAFETY: The class has this device (invariant).
            unsafe { bindings::device_destroy(self.class.as_ptr(), devt) };
        }
    }
}
