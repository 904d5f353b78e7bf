// SPDX-License-Identifier: GPL-2.0-only
//! Memory of the driver's that the device gets at for a while: streaming mappings.

use core::ffi::{c_uint, c_void};
use core::fmt;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ptr::{self, NonNull};

use kmod_bindings::{self as bindings, device, kmod_dma_list};
use zerocopy::{FromBytes, IntoBytes};

use super::DmaStreaming;
use super::list::List;
use crate::alloc::{Arc, Flags, GFP_KERNEL, KBox, KVec};
use crate::error::code::ENODEV;
use crate::error::{Result, to_result};
use crate::sync::SpinLockIrq;

/// Which way the bytes of a mapping go: [`ToDevice`], [`FromDevice`] or [`BothWays`].
pub trait Direction: sealed::Sealed + 'static {
    /// The kernel's number of it.
    #[doc(hidden)]
    const NUMBER: c_uint;
}

mod sealed {
    pub trait Sealed {}
}

/// The device reads: `DMA_TO_DEVICE`.
pub struct ToDevice;

/// The device writes: `DMA_FROM_DEVICE`.
pub struct FromDevice;

/// The device reads and writes: `DMA_BIDIRECTIONAL`.
pub struct BothWays;

impl sealed::Sealed for ToDevice {}
impl sealed::Sealed for FromDevice {}
impl sealed::Sealed for BothWays {}

impl Direction for ToDevice {
    const NUMBER: c_uint = bindings::KMOD_DMA_TO_DEVICE;
}

impl Direction for FromDevice {
    const NUMBER: c_uint = bindings::KMOD_DMA_FROM_DEVICE;
}

impl Direction for BothWays {
    const NUMBER: c_uint = bindings::KMOD_DMA_BIDIRECTIONAL;
}

/// Who holds a mapping.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    /// A [`DmaMapping`], and the device's list.
    Both,
    /// The list: the [`DmaMapping`] was dropped.
    List,
    /// The [`DmaMapping`]: the device has gone, and nothing is mapped any more.
    Mapping,
    /// The [`DmaMapping`], and the device, which was unbound but may go on some day: it is mapped still.
    Device,
}

/// What the list knows of a mapping.
struct Header {
    /// The lock of its [`Pool`] is that of these four.
    next: *mut Header,
    before: *mut Header,
    holder: Holder,
    /// Whether the device may be at it.
    told: bool,
    /// Where the device sees it, how many bytes, and which way.
    address: u64,
    size: usize,
    direction: c_uint,
    /// The pieces that it is of; none if it is one, at `address`.
    list: Option<List>,
    /// Frees the whole [`Node`].
    free: unsafe fn(NonNull<Header>),
}

impl Header {
    /// Maps it, of one piece of memory there.
    ///
    /// # Safety
    ///
    /// The device lives and is bound. The memory that this is said to be of is at `memory`, or in the list, and stays
    /// until it was unmapped.
    unsafe fn map(&mut self, device: *mut device, memory: *mut c_void) -> Result {
        let to = &raw mut self.address;
        let mapped = match &self.list {
            // SAFETY: The device lives, so many bytes are there, and stay (this function's contract).
            None => unsafe {
                bindings::kmod_dma_map(device, memory, self.size, self.direction, to)
            },
            // SAFETY: The device lives, and what is in the list stays (this function's contract).
            Some(list) => unsafe {
                bindings::kmod_dma_list_map(device, list.as_ptr(), self.direction)
            },
        };
        to_result(mapped).map(drop)
    }

    /// Unmaps it.
    ///
    /// # Safety
    ///
    /// It is mapped for the device, which lives.
    unsafe fn unmap(&self, device: *mut device) {
        match &self.list {
            // SAFETY: It is mapped for the device, which lives (this function's contract), as `map` has done it.
            None => unsafe {
                bindings::kmod_dma_unmap(device, self.address, self.size, self.direction);
            },
            // SAFETY: It is mapped for the device, which lives (this function's contract), as `map` has done it.
            Some(list) => unsafe {
                bindings::kmod_dma_list_unmap(device, list.as_ptr(), self.direction);
            },
        }
    }

    /// What the device has written until now is seen.
    ///
    /// # Safety
    ///
    /// It is mapped for the device, which lives.
    unsafe fn sync(&self, device: *mut device) {
        match &self.list {
            // SAFETY: It is mapped for the device, which lives (this function's contract), as `map` has done it.
            None => unsafe {
                bindings::kmod_dma_sync(device, self.address, self.size, self.direction);
            },
            // SAFETY: It is mapped for the device, which lives (this function's contract), as `map` has done it.
            Some(list) => unsafe {
                bindings::kmod_dma_list_sync(device, list.as_ptr(), self.direction);
            },
        }
    }
}

/// A mapping, with the memory that it is of, which nobody looks at.
#[repr(C)]
struct Node<B> {
    header: Header,
    buffer: B,
}

/// Frees a node.
///
/// # Safety
///
/// `header` is that of a leaked box of a `Node<B>`, which nobody else has.
unsafe fn free<B>(header: NonNull<Header>) {
    // SAFETY: It is such a box's (this function's contract), of which the header is the first field.
    drop(unsafe { KBox::from_raw(header.as_ptr().cast::<Node<B>>()) });
}

/// The mappings of a device.
///
/// # Invariants
///
/// `device` is null, or lives and is bound. `first` begins the list of those that are mapped for it, in which
/// each is whole and held by the list.
struct Mapped {
    device: *mut device,
    first: *mut Header,
}

// SAFETY: What its pointers are to has no thread: the device is the kernel's, and the buffers of the list are
// `Send` (`DmaStream::map`).
unsafe impl Send for Mapped {}

impl Mapped {
    /// Puts a mapping into the list.
    ///
    /// # Safety
    ///
    /// It is whole and in no list.
    unsafe fn link(&mut self, mut header: NonNull<Header>) {
        // SAFETY: It is whole, and nobody else has it (this function's contract, and the pool's lock).
        unsafe { header.as_mut() }.next = self.first;
        if let Some(mut next) = NonNull::new(self.first) {
            // SAFETY: Those in the list are whole (invariant), and this is within its lock.
            unsafe { next.as_mut() }.before = header.as_ptr();
        }
        // INVARIANT: By this function's contract.
        self.first = header.as_ptr();
    }

    /// Takes a mapping out of the list.
    ///
    /// # Safety
    ///
    /// It is in this list.
    unsafe fn unlink(&mut self, mut header: NonNull<Header>) {
        // SAFETY: Those in the list are whole (invariant), and this is within its lock.
        let header = unsafe { header.as_mut() };
        let (before, next) = (header.before, header.next);
        match NonNull::new(before) {
            // SAFETY: It is another one of the list, all of which are whole (invariant), and this is within
            // its lock.
            Some(mut before) => unsafe { before.as_mut() }.next = next,
            None => self.first = next,
        }
        if let Some(mut next) = NonNull::new(next) {
            // SAFETY: It is another one of the list, all of which are whole (invariant), and this is within
            // its lock.
            unsafe { next.as_mut() }.before = before;
        }
        (header.before, header.next) = (ptr::null_mut(), ptr::null_mut());
    }

    /// Takes a mapping out of the list, and ends it.
    ///
    /// # Safety
    ///
    /// It is in this list, `device` is what it was mapped for, and does not get at it any more.
    unsafe fn unmap(&mut self, mut header: NonNull<Header>, device: *mut device) {
        // SAFETY: It is in this list (this function's contract).
        unsafe { self.unlink(header) };
        // SAFETY: It was in the list, in which each is whole (invariant), and this is within its lock.
        let header = unsafe { header.as_mut() };
        header.holder = Holder::Mapping;
        // SAFETY: The device lives, and it was mapped for it.
        unsafe { header.unmap(device) };
    }

    /// Takes a mapping out of the list, and leaves it mapped for ever, so that the device finds its own memory
    /// there whenever it goes on.
    ///
    /// # Safety
    ///
    /// It is in this list, and `device` is what it was mapped for.
    unsafe fn keep(&mut self, mut header: NonNull<Header>, device: *mut device) {
        // SAFETY: It is in this list (this function's contract).
        unsafe { self.unlink(header) };
        // SAFETY: It was in the list, in which each is whole (invariant), and this is within its lock.
        let header = unsafe { header.as_mut() };
        header.holder = Holder::Device;
        // Who still has it may see what the device has written.
        // SAFETY: The device lives, and it was mapped for it.
        unsafe { header.sync(device) };
        let holder = ptr::from_ref(header).cast();
        // SAFETY: The device lives; the header is the beginning of a box.
        unsafe { bindings::kmod_dma_keep(device, header.size, holder) };
    }
}

/// What a device's field and its mappings share.
struct Pool(SpinLockIrq<Mapped>);

/// What maps memory of the driver's for the device, for as long as a transfer takes: a field under
/// `#[dma_stream]`, before all other objects of its device.
///
/// It maps from when the device's objects are registered until they go; before that and after,
/// [`map`](Self::map) fails with `ENODEV`.
pub struct DmaStream(SpinLockIrq<Option<Arc<Pool>>>);

impl DmaStream {
    /// One that maps nothing.
    #[track_caller]
    pub const fn new() -> Self {
        Self(SpinLockIrq::new(None))
    }

    /// Gives memory to the device: the kernel's `dma_map_single()`. Nobody else has it until
    /// [`end`](DmaMapping::end).
    ///
    /// # Errors
    ///
    /// `ENODEV` if the device has gone; `EINVAL` if there is nothing in `buffer`, or it is so large that it is
    /// none of `kmalloc()`'s; `EIO` if the device cannot reach it; `ENOMEM`. The buffer is freed then.
    pub fn map<D: Direction, T>(&self, buffer: KVec<T>, flags: Flags) -> Result<DmaMapping<T, D>>
    where
        T: FromBytes + IntoBytes + Send + 'static,
    {
        let size = size_of_val::<[T]>(&buffer);
        let held = self.give(buffer, size, D::NUMBER, None, flags)?;
        Ok(DmaMapping {
            held,
            direction: PhantomData,
        })
    }

    /// Maps memory: a buffer of so many bytes, or what is in `list`, which `buffer` owns.
    pub(super) fn give<B: Buffer>(
        &self,
        buffer: B,
        size: usize,
        direction: c_uint,
        list: Option<List>,
        flags: Flags,
    ) -> Result<Held<B>> {
        let pool = self.0.with(|pool| pool.clone()).ok_or(ENODEV)?;
        let node = Node {
            header: Header {
                next: ptr::null_mut(),
                before: ptr::null_mut(),
                // In no list: to be freed with the value, if it cannot be mapped.
                holder: Holder::Mapping,
                told: false,
                address: 0,
                size,
                direction,
                list,
                free: free::<B>,
            },
            buffer,
        };
        let node = NonNull::from(KBox::leak(KBox::new(node, flags)?));
        // INVARIANT: It is a leaked box, and in no list yet.
        let held = Held { node, pool };
        held.pool.0.with(|mapped| -> Result {
            if mapped.device.is_null() {
                return Err(ENODEV);
            }
            // SAFETY: Nobody else has the node yet.
            let Node { header, buffer } = unsafe { &mut *node.as_ptr() };
            // SAFETY: The device lives (`Mapped`'s invariant); the memory is on the heap, and stays until it was
            // unmapped: nobody frees a node of the list.
            unsafe { header.map(mapped.device, buffer.memory()) }?;
            header.holder = Holder::Both;
            // SAFETY: It is whole, and in no list.
            unsafe { mapped.link(node.cast()) };
            Ok(())
        })?;
        Ok(held)
    }
}

/// What a mapping owns.
pub(super) trait Buffer: Send + 'static {
    /// The memory, if it is one piece.
    fn memory(&mut self) -> *mut c_void;
}

impl<T: Send + 'static> Buffer for KVec<T> {
    fn memory(&mut self) -> *mut c_void {
        self.as_mut_ptr().cast()
    }
}

impl Default for DmaStream {
    fn default() -> Self {
        Self::new()
    }
}

// SAFETY: `open` makes the list, and `shut` ends all that is in it; between them, what is mapped stays.
unsafe impl DmaStreaming for DmaStream {
    unsafe fn open(&self, device: *mut device) -> Result {
        // INVARIANT: The device lives and is bound until `shut`.
        let mapped = Mapped {
            device,
            first: ptr::null_mut(),
        };
        let pool = Arc::new(Pool(SpinLockIrq::new(mapped)), GFP_KERNEL)?;
        self.0.with(|this| *this = Some(pool));
        Ok(())
    }

    unsafe fn shut(&self, device: *mut device, gone: bool) {
        let Some(pool) = self.0.with(Option::take) else {
            return;
        };
        loop {
            let ended = pool.0.with(|mapped| {
                // INVARIANT: It is null: nothing is mapped any more.
                mapped.device = ptr::null_mut();
                let header = NonNull::new(mapped.first)?;
                // SAFETY: Those in the list are whole (`Mapped`'s invariant), and this is within its lock.
                let &Header { holder, told, .. } = unsafe { header.as_ref() };
                if told && !gone {
                    // SAFETY: It is in the list, which is of what was mapped for this device.
                    unsafe { mapped.keep(header, device) };
                    return Some((header, false));
                }
                // SAFETY: It is in the list, which is of what was mapped for this device. That is gone, or does
                // not know of it.
                unsafe { mapped.unmap(header, device) };
                Some((header, holder == Holder::List))
            });
            match ended {
                Some((header, true)) => {
                    // SAFETY: It was in the list, in which each is whole (`Mapped`'s invariant), and is freed below.
                    let free = unsafe { header.as_ref() }.free;
                    // SAFETY: It is a leaked box of that type, it was taken out of the list, and its
                    // mapping was dropped: nobody else has it, nor has the device.
                    unsafe { free(header) };
                }
                Some((_, false)) => {}
                None => return,
            }
        }
    }
}

/// Memory that the device has: a `KVec` that was given to it, and comes back by [`end`](Self::end).
///
/// The device may still be at it if this is dropped without that, so then it stays where it is: until the device
/// was pulled out, or for ever if it was unbound, lest it goes on when it is bound again. What it was never told,
/// for nobody has asked for [`dma_addr`](Self::dma_addr), is freed when it goes. If it is leaked, it stays for ever.
pub struct DmaMapping<T, D> {
    held: Held<KVec<T>>,
    direction: PhantomData<fn() -> D>,
}

impl<T, D> DmaMapping<T, D> {
    /// Where the device sees the first byte. From now on the device may be at it, until [`end`](Self::end).
    ///
    /// # Errors
    ///
    /// `ENODEV` if the device has gone.
    pub fn dma_addr(&self) -> Result<u64> {
        self.held.tell()
    }

    /// How many bytes there are.
    #[expect(clippy::len_without_is_empty, reason = "there is at least one")]
    pub fn len(&self) -> usize {
        self.held.size()
    }

    /// Takes the memory back from the device: the kernel's `dma_unmap_single()`. What the device has written
    /// is in it.
    ///
    /// The device must be through with it: it says so by an interrupt, or in a register. One that is not
    /// writes to memory that is somebody else's then, as one that was told a wrong address does, unless an
    /// IOMMU is in its way.
    pub fn end(self) -> KVec<T> {
        self.held.end()
    }
}

impl<T, D> fmt::Debug for DmaMapping<T, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DmaMapping")
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}

/// A mapping of the memory that is a `B`'s, as its owner has it.
///
/// # Invariants
///
/// `node` is a leaked box, which is this value's unless it is in the list of `pool`.
pub(super) struct Held<B> {
    node: NonNull<Node<B>>,
    pool: Arc<Pool>,
}

// SAFETY: It owns a `B`; all else is behind a lock.
unsafe impl<B: Send> Send for Held<B> {}
// SAFETY: A reference to it gives numbers only.
unsafe impl<B: Send> Sync for Held<B> {}

impl<B> Held<B> {
    /// Calls `f` with what the list knows of it, within the lock.
    fn with<R>(&self, f: impl FnOnce(&mut Mapped, NonNull<Header>) -> R) -> R {
        let header = self.node.cast::<Header>();
        self.pool.0.with(|mapped| f(mapped, header))
    }

    /// The device may be at it from now on. Where it sees the first byte, if it is one piece.
    pub(super) fn tell(&self) -> Result<u64> {
        self.with(|_, mut header| {
            // SAFETY: The node is there, as long as the value is (invariant), and this is within its pool's lock.
            let header = unsafe { header.as_mut() };
            match header.holder {
                Holder::Mapping | Holder::Device => Err(ENODEV),
                Holder::Both | Holder::List => {
                    header.told = true;
                    Ok(header.address)
                }
            }
        })
    }

    /// How many bytes there are.
    pub(super) fn size(&self) -> usize {
        // SAFETY: The node is there, as long as the value is (invariant), and this is within its pool's lock.
        self.with(|_, header| unsafe { header.as_ref() }.size)
    }

    /// The list of its pieces, which is there as long as the value; null if it is of one.
    pub(super) fn list(&self) -> *mut kmod_dma_list {
        self.with(|_, header| {
            // SAFETY: The node is there, as long as the value is (invariant), and this is within its pool's lock.
            let list = unsafe { &header.as_ref().list };
            list.as_ref().map_or(ptr::null_mut(), List::as_ptr)
        })
    }

    /// Takes the memory back: the device is through with it.
    pub(super) fn end(self) -> B {
        let this = ManuallyDrop::new(self);
        this.with(|mapped, header| {
            // SAFETY: The node is there, as long as the value is (invariant), and this is within its pool's lock.
            if unsafe { header.as_ref() }.holder == Holder::Both {
                let device = mapped.device;
                // SAFETY: It is in the list, as both have it, so that the device is there, which it was
                // mapped for. It is through with it (`end`'s contract).
                unsafe { mapped.unmap(header, device) };
            }
        });
        // SAFETY: The value is not dropped, and this is read once.
        drop(unsafe { ptr::read(&raw const this.pool) });
        // SAFETY: It is a leaked box (invariant), and nobody else has it any more.
        KBox::into_inner(unsafe { KBox::from_raw(this.node.as_ptr()) }).buffer
    }
}

impl<B> Drop for Held<B> {
    fn drop(&mut self) {
        let alone = self.with(|_, mut header| {
            // SAFETY: The node is there, as long as the value is (invariant), and this is within its pool's lock.
            let header = unsafe { header.as_mut() };
            match header.holder {
                Holder::Mapping => true,
                // The device has it alone.
                Holder::Device => false,
                Holder::Both | Holder::List => {
                    header.holder = Holder::List;
                    false
                }
            }
        });
        if alone {
            // SAFETY: It is a leaked box (invariant), and nobody else has it.
            drop(unsafe { KBox::from_raw(self.node.as_ptr()) });
        }
    }
}
