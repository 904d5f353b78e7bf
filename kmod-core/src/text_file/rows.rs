// SPDX-License-Identifier: GPL-2.0-only
//! Files of many rows: the kernel's `seq_file` walks them, and asks for one at a time.
//!
//! The position of an open file is the cursor of its next row. Nothing else is kept between two rows, so
//! nobody holds a lock, or looks at what somebody else may free, while user space is given what was written.

use core::ffi::{c_int, c_void};
use core::marker::PhantomData;
use core::ptr;

use kmod_bindings::{self as bindings, file, loff_t, seq_file, seq_operations};

use crate::error::Result;
use crate::error::code::{EINVAL, ENOMEM};
use crate::seq_file::SeqFile;

/// What has rows.
pub(crate) trait Rows {
    /// Writes the row at `at` or the first one behind it, and returns where the one after it may be; `None`
    /// if there is none.
    ///
    /// # Errors
    ///
    /// Whatever `read(2)` is to fail with.
    ///
    /// # Safety
    ///
    /// `data` is what the file was opened with, and a callback of the file runs.
    unsafe fn row(data: *mut c_void, at: u64, to: &mut SeqFile<'_>) -> Result<Option<u64>>;
}

/// Where an open file is. The kernel lets one reader at a time walk.
struct Walk {
    /// What the file was opened with.
    data: *mut c_void,
    /// The cursor of the row that is looked at.
    at: loff_t,
    /// That of the one after it, if it was there.
    next: Option<loff_t>,
    /// Where the last walk found no row any more.
    end: Option<loff_t>,
}

/// `SEQ_SKIP`: what was written is not part of the file.
const SKIP: c_int = 1;

/// The rows of `R`, for `seq_file`.
struct Ops<R>(PhantomData<R>);

impl<R: Rows> Ops<R> {
    const OPS: &'static seq_operations = &seq_operations {
        start: Some(Self::start),
        stop: Some(Self::stop),
        next: Some(Self::next),
        show: Some(Self::show),
    };

    unsafe extern "C" fn start(file: *mut seq_file, pos: *mut loff_t) -> *mut c_void {
        // SAFETY: The kernel gives a file that `open` has opened.
        let walk = unsafe { (*file).private }.cast::<Walk>();
        // SAFETY: The kernel gives the position, which is its to change.
        let pos = unsafe { &mut *pos };
        // SAFETY: `open` has put one there, and nobody else uses it while the kernel has the file locked.
        let walk = unsafe { &mut *walk };
        // What has come since to where the end was is not passed over.
        if let Some(end) = walk.end.take()
            && *pos == behind_end(end)
        {
            *pos = end;
        }
        walk.at = *pos;
        walk.next = None;
        ptr::from_mut(walk).cast()
    }

    unsafe extern "C" fn stop(_file: *mut seq_file, _walk: *mut c_void) {}

    unsafe extern "C" fn next(
        _file: *mut seq_file,
        walk: *mut c_void,
        pos: *mut loff_t,
    ) -> *mut c_void {
        // SAFETY: It is what `start` has returned, or `next` after it, and the kernel has the file locked.
        let at = unsafe { &mut *walk.cast::<Walk>() };
        let (next, found) = match at.next {
            Some(next) => (next, walk),
            None => {
                at.end = Some(at.at);
                (behind_end(at.at), ptr::null_mut())
            }
        };
        at.at = next;
        // SAFETY: The kernel gives the position.
        unsafe { *pos = next };
        found
    }

    unsafe extern "C" fn show(file: *mut seq_file, walk: *mut c_void) -> c_int {
        // SAFETY: It is what `start` has returned, or `next` after it, and the kernel has the file locked.
        let walk = unsafe { &mut *walk.cast::<Walk>() };
        // SAFETY: The kernel gives the file for the time of this call, a callback of the file.
        let mut to = unsafe { SeqFile::new(file) };
        // SAFETY: The file was opened with it, and this is a callback of the file.
        let row = unsafe { R::row(walk.data, walk.at.cast_unsigned(), &mut to) };
        match row.and_then(|next| behind(walk.at, next)) {
            Ok(next) => {
                walk.next = next;
                next.map_or(SKIP, |_| 0)
            }
            Err(error) => error.to_errno(),
        }
    }
}

/// Where the kernel is told to be when there is no row any more: it insists that positions go on.
fn behind_end(end: loff_t) -> loff_t {
    end.saturating_add(1)
}

/// The cursor behind `at` that a handler has returned.
///
/// # Errors
///
/// `EINVAL` if it is not behind it, or is none of a file's positions: the walk would never end.
fn behind(at: loff_t, next: Option<u64>) -> Result<Option<loff_t>> {
    let Some(next) = next else {
        return Ok(None);
    };
    match loff_t::try_from(next) {
        Ok(next) if next > at && next < loff_t::MAX => Ok(Some(next)),
        _ => Err(EINVAL),
    }
}

/// Opens a file whose rows are those of `R`, of `data`. `seq_release_private()` closes it.
///
/// # Safety
///
/// The kernel opens `file`, and gives no other callback `data` that is not for `R`.
pub(crate) unsafe fn open<R: Rows>(file: *mut file, data: *mut c_void) -> c_int {
    let size = size_of::<Walk>() as c_int;
    // SAFETY: The kernel opens the file (this function's contract); the functions are for what is put there.
    let walk = unsafe { bindings::__seq_open_private(file, Ops::<R>::OPS, size) };
    if walk.is_null() {
        return ENOMEM.to_errno();
    }
    let new = Walk {
        data,
        at: 0,
        next: None,
        end: None,
    };
    // SAFETY: It is new, and as large and as aligned as a `Walk`, since it comes of `kzalloc()`.
    unsafe { walk.cast::<Walk>().write(new) };
    0
}

/// What a file was opened with.
///
/// # Safety
///
/// [`open`] has opened it, and it is not closed.
pub(crate) unsafe fn data(file: *mut seq_file) -> *mut c_void {
    // SAFETY: `open` has opened it (this function's contract).
    let walk = unsafe { (*file).private }.cast::<Walk>();
    // SAFETY: `open` has put it there, and nobody changes this field.
    unsafe { (*walk).data }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::cell::Cell;

    /// As many rows as `data` says.
    struct Counted;

    impl Rows for Counted {
        unsafe fn row(data: *mut c_void, at: u64, _to: &mut SeqFile<'_>) -> Result<Option<u64>> {
            // SAFETY: The test has put one there.
            let rows = unsafe { &*data.cast::<Cell<u64>>() };
            Ok((at < rows.get()).then_some(at + 1))
        }
    }

    /// What `read(2)` does: the cursors of the rows that it finds.
    fn read(file: &mut seq_file, index: &mut loff_t) -> std::vec::Vec<loff_t> {
        let mut seen = std::vec::Vec::new();
        let file = ptr::from_mut(file);
        // SAFETY: The file has a walk, and nobody else uses it.
        let mut walk = unsafe { Ops::<Counted>::start(file, index) };
        while !walk.is_null() {
            // SAFETY: `start` or `next` has returned it.
            if unsafe { Ops::<Counted>::show(file, walk) } == 0 {
                seen.push(*index);
            }
            let before = *index;
            // SAFETY: `start` or `next` has returned it.
            walk = unsafe { Ops::<Counted>::next(file, walk, index) };
            assert!(*index > before, "the kernel would call it buggy");
        }
        seen
    }

    #[test]
    fn what_comes_to_the_end_is_seen_by_the_next_read() {
        let rows = Cell::new(2_u64);
        let mut walk = Walk {
            data: ptr::from_ref(&rows).cast_mut().cast(),
            at: 0,
            next: None,
            end: None,
        };
        let mut file = seq_file {
            private: ptr::from_mut(&mut walk).cast(),
        };
        let mut index = 0;
        assert_eq!(read(&mut file, &mut index), [0, 1]);
        assert_eq!(read(&mut file, &mut index), []);
        rows.set(4);
        assert_eq!(read(&mut file, &mut index), [2, 3]);
        index = 0;
        assert_eq!(read(&mut file, &mut index), [0, 1, 2, 3]);
        assert_eq!(read(&mut file, &mut index), []);
    }

    #[test]
    fn a_walk_goes_forward_only() {
        assert_eq!(behind(5, None), Ok(None));
        assert_eq!(behind(5, Some(6)), Ok(Some(6)));
        for next in [0, 5, i64::MAX as u64, i64::MAX as u64 + 1, u64::MAX] {
            assert_eq!(behind(5, Some(next)), Err(EINVAL), "{next}");
        }
    }
}
