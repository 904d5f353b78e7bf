// SPDX-License-Identifier: GPL-2.0-only
//! Copies between user memory and [memory that is somebody else's, too](SharedMemory), with nothing in between.

use core::ffi::c_void;
use core::ops::{Bound, RangeBounds};

use super::{UserReader, UserWriter};
use crate::error::Result;
use crate::error::code::{EFAULT, EINVAL};
use crate::mm::SharedMemory;

/// The bytes of a buffer within `range`: where, and how many.
fn part(
    buffer: &impl SharedMemory,
    range: impl RangeBounds<usize>,
) -> Result<(*mut c_void, usize)> {
    let start = match range.start_bound() {
        Bound::Included(start) => *start,
        Bound::Excluded(before) => before.checked_add(1).ok_or(EINVAL)?,
        Bound::Unbounded => 0,
    };
    let end = match range.end_bound() {
        Bound::Included(last) => last.checked_add(1).ok_or(EINVAL)?,
        Bound::Excluded(end) => *end,
        Bound::Unbounded => buffer.size(),
    };
    let len = end.checked_sub(start).ok_or(EINVAL)?;
    Ok((buffer.part(start, len)?, len))
}

impl UserReader<'_> {
    /// Copies the next bytes into the part `range` of `buffer`, as many as it has room for and there
    /// are left, and returns how many that were: `from.read_into_buffer(&self.memory, 16..)`.
    ///
    /// # Errors
    ///
    /// `EINVAL` if `range` is not within the buffer, `ENODEV` if that is a device's that has gone, `EFAULT` if
    /// user memory is not all there; then nothing counts as taken, and what is in that part of the buffer is unspecified.
    pub fn read_into_buffer(
        &mut self,
        buffer: &impl SharedMemory,
        range: impl RangeBounds<usize>,
    ) -> Result<usize> {
        let (to, room) = part(buffer, range)?;
        let n = room.min(self.len());
        // SAFETY: So many bytes of the buffer are there, and C may write them at any time
        // (`SharedMemory`'s contract).
        let copied = unsafe { self.copy_to(to, n) };
        if copied < n {
            self.revert(copied);
            return Err(EFAULT);
        }
        self.advance(n);
        Ok(n)
    }
}

impl UserWriter<'_> {
    /// Copies the part `range` of `buffer`, as much of it as there is room for, and returns how much
    /// that was: `to.write_from_buffer(&self.memory, ..len)`.
    ///
    /// # Errors
    ///
    /// `EINVAL` if `range` is not within the buffer, `ENODEV` if that is a device's that has gone, `EFAULT` if
    /// user memory is not all there; then nothing counts as written.
    pub fn write_from_buffer(
        &mut self,
        buffer: &impl SharedMemory,
        range: impl RangeBounds<usize>,
    ) -> Result<usize> {
        let (from, available) = part(buffer, range)?;
        let n = available.min(self.len());
        // SAFETY: So many bytes of the buffer are there, and C may read them at any time (`SharedMemory`'s
        // contract).
        let copied = unsafe { self.copy_from(from, n) };
        self.all_of(n, copied)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mm::VmallocBuffer;
    use core::ptr;
    use kmod_bindings::USER_END;

    fn buffer() -> VmallocBuffer {
        VmallocBuffer::new(1).unwrap()
    }

    #[test]
    fn a_part_is_copied_there_and_back() {
        let buffer = buffer();
        let user = *b"0123456789";
        // SAFETY: For the stand-ins, `user` is user memory.
        let mut from = unsafe { UserReader::new(user.as_ptr().cast(), user.len()) };
        assert_eq!(from.read_into_buffer(&buffer, 4..8), Ok(4));
        assert_eq!(from.read_into_buffer(&buffer, 100..), Ok(6));
        assert_eq!((from.taken(), from.len()), (10, 0));
        let mut user = [b'-'; 7];
        // SAFETY: For the stand-ins, `user` is user memory.
        let mut to = unsafe { UserWriter::new(user.as_mut_ptr().cast(), user.len()) };
        assert_eq!(to.write_from_buffer(&buffer, 5..=7), Ok(3));
        assert_eq!(to.write_from_buffer(&buffer, 100..), Ok(4));
        assert_eq!(to.written(), 7);
        assert_eq!(&user, b"1234567");
    }

    #[test]
    fn what_is_not_within_is_refused() {
        let buffer = buffer();
        let len = buffer.len();
        let user = [0; 4];
        // SAFETY: For the stand-ins, `user` is user memory.
        let mut from = unsafe { UserReader::new(user.as_ptr().cast(), user.len()) };
        for range in [
            (Bound::Included(len + 1), Bound::Unbounded),
            (Bound::Included(0), Bound::Included(len)),
            (Bound::Included(2), Bound::Excluded(1)),
            (Bound::Excluded(usize::MAX), Bound::Unbounded),
            (Bound::Unbounded, Bound::Included(usize::MAX)),
        ] {
            assert_eq!(from.read_into_buffer(&buffer, range), Err(EINVAL));
        }
        assert_eq!(from.read_into_buffer(&buffer, len..), Ok(0));
        assert_eq!(from.taken(), 0);
    }

    #[test]
    fn memory_that_is_not_there_is_efault() {
        let buffer = buffer();
        let nowhere: *mut c_void = ptr::without_provenance_mut(USER_END);
        // SAFETY: For the stand-ins, this is user memory that is not mapped.
        let mut from = unsafe { UserReader::new(nowhere, 4) };
        assert_eq!(from.read_into_buffer(&buffer, ..), Err(EFAULT));
        assert_eq!(from.taken(), 0);
        // SAFETY: For the stand-ins, this is user memory that is not mapped.
        let mut to = unsafe { UserWriter::new(nowhere, 4) };
        assert_eq!(to.write_from_buffer(&buffer, ..), Err(EFAULT));
        assert_eq!(to.written(), 0);
    }
}
