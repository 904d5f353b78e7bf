// SPDX-License-Identifier: GPL-2.0-only
//! Memory that the driver and the device see alike.

use core::ffi::c_void;
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::ptr::{self, NonNull};
use core::sync::atomic::{
    AtomicBool, AtomicPtr, AtomicU8, AtomicU16, AtomicU32, AtomicU64, Ordering,
};

use kmod_bindings::{self as bindings, device};
use zerocopy::{FromBytes, Immutable, IntoBytes};

use super::DmaMemory;
use crate::error::Result;
use crate::error::code::{EINVAL, ENODEV, ENOMEM};
use crate::mm::{Mappable, SharedAtomic, SharedMemory};

/// Memory for a `T` that a device reads and writes by itself, the kernel's `dma_alloc_coherent()`: a field
/// under `#[dma]`, before all other objects of its device but BARs.
///
/// It is allocated, and zeroed, when the device's objects are registered, and is there in each handler of the
/// device; what is said of it before that and after fails with `ENODEV`.
///
/// Who asks for [`dma_addr`](Self::dma_addr) tells the device of it; [`end`](Self::end) says that the device is
/// through with what it was told. Without that, the memory stays the device's for ever, lest it writes to
/// somebody else's once it is bound again: see [the module](super#what-a-device-has-begun).
///
/// Offsets are in bytes. A value of 1, 2, 4 or 8 bytes at an offset that is a multiple of that is read and
/// written at once; any other byte for byte, so that the device may be seen half-way.
///
/// # Invariants
///
/// `memory` is null, or so many bytes as a `T` has, aligned to pages, which stay until it is null again and no
/// access runs any more that began before; `address` is where the device sees them. They are touched as
/// atomics, and by C's `memcpy()`.
pub struct DmaBuf<T> {
    memory: AtomicPtr<u8>,
    address: AtomicU64,
    /// Whether the device may be at it.
    told: AtomicBool,
    /// All of it.
    whole: Mappable,
    contents: PhantomData<fn() -> T>,
}

impl<T> DmaBuf<T> {
    /// Not allocated.
    pub const fn new() -> Self {
        const {
            assert!(size_of::<T>() > 0, "a buffer has a byte at least");
        }
        // INVARIANT: It is null.
        Self {
            memory: AtomicPtr::new(ptr::null_mut()),
            address: AtomicU64::new(0),
            told: AtomicBool::new(false),
            whole: Mappable::new(),
            contents: PhantomData,
        }
    }

    /// What user space may map of it.
    pub(crate) fn mappable(&self) -> &Mappable {
        &self.whole
    }

    /// Where `len` bytes from `offset` on are.
    fn at(&self, offset: usize, len: usize) -> Result<NonNull<u8>> {
        let memory = NonNull::new(self.memory.load(Ordering::Relaxed)).ok_or(ENODEV)?;
        match offset.checked_add(len) {
            // SAFETY: They are within the memory (invariant).
            Some(end) if end <= size_of::<T>() => Ok(unsafe { memory.add(offset) }),
            _ => Err(EINVAL),
        }
    }

    /// Where the device sees the first byte. From now on the device may be at it, until [`end`](Self::end).
    ///
    /// # Errors
    ///
    /// `ENODEV` if it is not allocated.
    pub fn dma_addr(&self) -> Result<u64> {
        self.at(0, 0)?;
        self.told.store(true, Ordering::Relaxed);
        Ok(self.address.load(Ordering::Relaxed))
    }

    /// Says that the device is through with all that it was told of the buffer: it has said so by an interrupt or
    /// in a register, or was stopped or reset. When it goes, the memory is freed if this was said after it was
    /// told last, or if it was pulled out.
    ///
    /// A device that is not through writes to memory that is somebody else's then, once it is bound again, as one
    /// that was told a wrong address does, unless an IOMMU is in its way.
    pub fn end(&self) {
        self.told.store(false, Ordering::Relaxed);
    }

    /// Reads a value.
    ///
    /// # Errors
    ///
    /// `EINVAL` if it is not within the buffer, `ENODEV` if that is not allocated.
    pub fn read<V: FromBytes>(&self, offset: usize) -> Result<V> {
        let from = self.at(offset, size_of::<V>())?;
        let mut value = MaybeUninit::<V>::uninit();
        // SAFETY: So many bytes are there (`at`), and here; the memory is aligned to pages (invariant).
        unsafe { copy_out(from, offset, value.as_mut_ptr().cast(), size_of::<V>()) };
        // SAFETY: All bytes have been written, and whatever they are is a `V`.
        Ok(unsafe { value.assume_init() })
    }

    /// Writes a value.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read); then nothing is written.
    pub fn write<V: IntoBytes + Immutable + ?Sized>(&self, offset: usize, value: &V) -> Result {
        let from = value.as_bytes();
        let to = self.at(offset, from.len())?;
        // SAFETY: So many bytes are there (`at`), and here; the memory is aligned to pages (invariant).
        unsafe { copy_in(to, offset, from.as_ptr(), from.len()) };
        Ok(())
    }

    /// Copies bytes out, as many as there are in `data`.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn read_bytes(&self, offset: usize, data: &mut [u8]) -> Result {
        let from = self.at(offset, data.len())?;
        // SAFETY: So many bytes are there (`at`), and here; the memory is aligned to pages (invariant).
        unsafe { copy_out(from, offset, data.as_mut_ptr(), data.len()) };
        Ok(())
    }

    /// A value that is changed by both sides, or by several handlers.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read); `EINVAL` also if `offset` is not aligned for it.
    pub fn atomic<A: SharedAtomic>(&self, offset: usize) -> Result<&A> {
        let value = self.at(offset, size_of::<A>())?.cast::<A>();
        if !value.is_aligned() {
            return Err(EINVAL);
        }
        // SAFETY: The value is within the memory and aligned. It is an atomic, which others may change, and
        // every number is one. Nobody frees it while there is a reference to the buffer that began when it
        // was there (`DmaMemory::free`'s contract).
        Ok(unsafe { value.as_ref() })
    }
}

impl<T: FromBytes + IntoBytes + Immutable, const N: usize> DmaBuf<[T; N]> {
    /// Reads the value of this index.
    ///
    /// # Errors
    ///
    /// `EINVAL` if there are not so many, `ENODEV` if the buffer is not allocated.
    pub fn get(&self, index: usize) -> Result<T> {
        self.read(index.checked_mul(size_of::<T>()).ok_or(EINVAL)?)
    }

    /// Writes the value of this index.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get); then nothing is written.
    pub fn set(&self, index: usize, value: T) -> Result {
        self.write(index.checked_mul(size_of::<T>()).ok_or(EINVAL)?, &value)
    }
}

// SAFETY: C may read and write the bytes at any time (invariant of the buffer), and nobody frees them while there is a
// reference to it that began when they were there (`DmaMemory::free`'s contract).
unsafe impl<T> SharedMemory for DmaBuf<T> {
    fn size(&self) -> usize {
        size_of::<T>()
    }

    fn part(&self, offset: usize, len: usize) -> Result<*mut c_void> {
        Ok(self.at(offset, len)?.as_ptr().cast())
    }
}

impl<T> Default for DmaBuf<T> {
    fn default() -> Self {
        Self::new()
    }
}

// SAFETY: `allocate` allocates it, and nobody but `free` frees it.
unsafe impl<T: FromBytes + IntoBytes + Immutable + 'static> DmaMemory for DmaBuf<T> {
    unsafe fn allocate(&self, device: *mut device) -> Result {
        const {
            assert!(
                align_of::<T>() <= 4096,
                "a page is all that memory is aligned to"
            );
        }
        let mut address = 0;
        // SAFETY: The device lives (the caller's promise).
        let memory = unsafe { bindings::kmod_dma_alloc(device, size_of::<T>(), &raw mut address) };
        if memory.is_null() {
            return Err(ENOMEM);
        }
        self.address.store(address, Ordering::Relaxed);
        // INVARIANT: It was allocated for this, in whole pages.
        self.memory.store(memory.cast(), Ordering::Relaxed);
        // SAFETY: It was allocated for the device, and stays until `free` closes this.
        unsafe { self.whole.open_dma(device, memory.cast(), size_of::<T>()) };
        Ok(())
    }

    unsafe fn free(&self, device: *mut device, gone: bool) {
        // SAFETY: Nobody has a reference into the memory (the caller's promise), nor to what maps it.
        unsafe { self.whole.close() };
        // INVARIANT: It is null.
        let memory = self.memory.swap(ptr::null_mut(), Ordering::Relaxed);
        let address = self.address.load(Ordering::Relaxed);
        if !gone && self.told.load(Ordering::Relaxed) {
            // SAFETY: The device lives (the caller's promise), and there is no holder.
            return unsafe { bindings::kmod_dma_keep(device, size_of::<T>(), ptr::null()) };
        }
        // SAFETY: `allocate` allocated it for this device. Nobody uses it any more (the caller's promise), nor
        // does the device: it is gone, was never told of it, or is through with what it was told (`end`).
        unsafe { bindings::kmod_dma_free(device, size_of::<T>(), memory.cast(), address) };
    }
}

/// Whether there is an atomic for a value at this offset of a buffer, which begins with a page.
#[inline(always)]
fn is_one(offset: usize, size: usize) -> bool {
    matches!(size, 1 | 2 | 4 | 8) && offset.is_multiple_of(size)
}

/// Copies out of memory that may change meanwhile.
///
/// # Safety
///
/// `size` bytes can be read at `from`, which others may change, and written at `to`. `from` is
/// `offset` behind the beginning of a page.
#[inline]
unsafe fn copy_out(from: NonNull<u8>, offset: usize, to: *mut u8, size: usize) {
    macro_rules! load {
        ($atomic:ident $word:ident) => {{
            // SAFETY: It is there, aligned, and others may change it (this function's contract, `is_one`).
            let word = unsafe { $atomic::from_ptr(from.as_ptr().cast()) }.load(Ordering::Relaxed);
            // SAFETY: So many bytes can be written there.
            unsafe { to.cast::<$word>().write_unaligned(word) };
        }};
    }
    if !is_one(offset, size) {
        // SAFETY: So many bytes can be read and written (this function's contract). They may change
        // meanwhile, which C's `memcpy()` does not mind.
        return unsafe { bindings::kmod_shared_copy(to.cast(), from.as_ptr().cast(), size) };
    }
    match size {
        1 => load!(AtomicU8 u8),
        2 => load!(AtomicU16 u16),
        4 => load!(AtomicU32 u32),
        _ => load!(AtomicU64 u64),
    }
}

/// Copies into memory that others look at meanwhile.
///
/// # Safety
///
/// `size` bytes can be read at `from`, and written at `to`, where others may look. `to` is `offset` behind the
/// beginning of a page.
#[inline]
unsafe fn copy_in(to: NonNull<u8>, offset: usize, from: *const u8, size: usize) {
    macro_rules! store {
        ($atomic:ident $word:ident) => {{
            // SAFETY: So many bytes can be read there.
            let word = unsafe { from.cast::<$word>().read_unaligned() };
            // SAFETY: It is there, aligned, and others may look at it (this function's contract, `is_one`).
            let place = unsafe { $atomic::from_ptr(to.as_ptr().cast()) };
            place.store(word, Ordering::Relaxed);
        }};
    }
    if !is_one(offset, size) {
        // SAFETY: So many bytes can be read and written (this function's contract); as in `copy_out`.
        return unsafe { bindings::kmod_shared_copy(to.as_ptr().cast(), from.cast(), size) };
    }
    match size {
        1 => store!(AtomicU8 u8),
        2 => store!(AtomicU16 u16),
        4 => store!(AtomicU32 u32),
        _ => store!(AtomicU64 u64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uaccess::{UserReader, UserWriter};

    /// A buffer in memory of the test's.
    fn placed<T>(memory: &mut [u64]) -> DmaBuf<T> {
        assert!(size_of::<T>() <= size_of_val(memory));
        let buffer = DmaBuf::new();
        buffer
            .memory
            .store(memory.as_mut_ptr().cast(), Ordering::Relaxed);
        buffer.address.store(0x1000, Ordering::Relaxed);
        buffer
    }

    #[test]
    fn what_is_not_allocated_is_not_there() {
        let buffer = DmaBuf::<[u32; 4]>::new();
        assert_eq!(buffer.dma_addr(), Err(ENODEV));
        assert_eq!(buffer.get(0), Err(ENODEV));
        assert_eq!(buffer.set(9, 1), Err(ENODEV));
        assert_eq!(buffer.atomic::<AtomicU32>(0).err(), Some(ENODEV));
    }

    #[test]
    fn values_are_where_they_were_written() {
        let mut memory = [0; 2];
        let buffer = placed::<[u32; 4]>(&mut memory);
        assert_eq!(buffer.dma_addr(), Ok(0x1000));
        assert_eq!(buffer.set(3, 0x0102_0304), Ok(()));
        assert_eq!(buffer.get(3), Ok(0x0102_0304));
        assert_eq!(
            buffer.read::<[u8; 4]>(12),
            Ok(0x0102_0304_u32.to_ne_bytes())
        );
        // Neither aligned nor of the size of an atomic.
        assert_eq!(buffer.write(3, &[1_u8, 2, 3]), Ok(()));
        assert_eq!(buffer.read::<u16>(3), Ok(u16::from_ne_bytes([1, 2])));
        assert_eq!(buffer.read::<u64>(8), Ok(0x0102_0304 << 32));
        let last = buffer.atomic::<AtomicU32>(12).unwrap();
        last.fetch_add(1, Ordering::Relaxed);
        assert_eq!(buffer.get(3), Ok(0x0102_0305));
        assert_eq!(memory[1] >> 32, 0x0102_0305);
    }

    #[test]
    fn who_has_the_address_may_have_told_it() {
        let mut memory = [0; 2];
        let told = |buffer: &DmaBuf<[u32; 4]>| buffer.told.load(Ordering::Relaxed);
        let buffer = DmaBuf::<[u32; 4]>::new();
        assert_eq!((buffer.dma_addr(), told(&buffer)), (Err(ENODEV), false));
        let buffer = placed::<[u32; 4]>(&mut memory);
        assert!(!told(&buffer));
        assert_eq!((buffer.dma_addr(), told(&buffer)), (Ok(0x1000), true));
        buffer.end();
        assert!(!told(&buffer));
    }

    #[test]
    fn user_memory_is_copied_there_and_back() {
        let mut memory = [0; 2];
        let buffer = placed::<[u8; 16]>(&mut memory);
        let user = *b"0123456789";
        // SAFETY: For the stand-ins, `user` is user memory.
        let mut from = unsafe { UserReader::new(user.as_ptr().cast(), user.len()) };
        assert_eq!(from.read_into_buffer(&buffer, 12..), Ok(4));
        assert_eq!(from.read_into_buffer(&buffer, 16..), Ok(0));
        assert_eq!(from.read_into_buffer(&buffer, 17..), Err(EINVAL));
        let gone = DmaBuf::<[u8; 16]>::new();
        assert_eq!(from.read_into_buffer(&gone, ..), Err(ENODEV));
        assert_eq!(from.taken(), 4);
        let mut user = [b'-'; 6];
        // SAFETY: For the stand-ins, `user` is user memory.
        let mut to = unsafe { UserWriter::new(user.as_mut_ptr().cast(), user.len()) };
        assert_eq!(to.write_from_buffer(&buffer, 11..15), Ok(4));
        assert_eq!(to.write_from_buffer(&gone, ..), Err(ENODEV));
        assert_eq!(&user, b"\x00012--");
    }

    #[test]
    fn nothing_is_outside() {
        let mut memory = [7; 3];
        let buffer = placed::<[u32; 4]>(&mut memory);
        assert_eq!(buffer.get(4), Err(EINVAL));
        assert_eq!(buffer.get(usize::MAX), Err(EINVAL));
        assert_eq!(buffer.set(4, 1), Err(EINVAL));
        assert_eq!(buffer.read::<u64>(9), Err(EINVAL));
        assert_eq!(buffer.read::<u8>(usize::MAX), Err(EINVAL));
        assert_eq!(buffer.write(0, &[0_u8; 17][..]), Err(EINVAL));
        assert_eq!(buffer.read_bytes(16, &mut []), Ok(()));
        assert_eq!(buffer.atomic::<AtomicU64>(4).err(), Some(EINVAL));
        assert_eq!(memory, [7; 3]);
    }
}
