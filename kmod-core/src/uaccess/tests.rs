// SPDX-License-Identifier: GPL-2.0-only
//! The stand-ins' user memory is the tests' own.

use super::{UserReader, UserWriter};
use crate::alloc::GFP_KERNEL;
use crate::error::code::{EFAULT, EINVAL, ERANGE};
use core::ptr;

use kmod_bindings::iov_iter;

fn writer(buf: &mut [u8]) -> UserWriter<'_> {
    // SAFETY: For the stand-ins, `buf` is user memory.
    unsafe { UserWriter::new(buf.as_mut_ptr().cast(), buf.len()) }
}

fn reader(buf: &[u8]) -> UserReader<'_> {
    // SAFETY: For the stand-ins, `buf` is user memory.
    unsafe { UserReader::new(buf.as_ptr().cast(), buf.len()) }
}

fn unmapped_writer() -> UserWriter<'static> {
    let end = ptr::without_provenance_mut(kmod_bindings::USER_END);
    // SAFETY: For the stand-ins, this is user memory that is not mapped.
    unsafe { UserWriter::new(end, 64) }
}

#[test]
fn a_writer_takes_what_there_is_room_for() {
    let mut buf = [0; 5];
    let mut to = writer(&mut buf);
    assert_eq!(to.write(b"abc"), Ok(3));
    assert_eq!((to.len(), to.written()), (2, 3));
    assert_eq!(to.write(b"def"), Ok(2));
    assert_eq!(to.write(b"gh"), Ok(0));
    assert!(to.is_empty());
    assert_eq!(&buf, b"abcde");
}

#[test]
fn a_position_behind_the_end_gives_nothing() {
    let mut buf = [0; 8];
    let mut to = writer(&mut buf);
    assert_eq!(to.write_from(b"hello", 3), Ok(2));
    assert_eq!(to.write_from(b"hello", 5), Ok(0));
    assert_eq!(to.write_from(b"hello", u64::MAX), Ok(0));
    assert_eq!(&buf[..2], b"lo");
}

#[test]
fn a_text_is_cut_at_either_end() {
    let mut buf = [0; 6];
    let mut to = writer(&mut buf);
    to.write_fmt_from(format_args!("{}-{}-{}", 12, 34, 56), 4)
        .unwrap();
    assert_eq!(to.written(), 4);
    writeln!(to, "{}", 789).unwrap();
    assert_eq!(&buf, b"4-5678");
}

#[test]
fn a_fault_moves_nothing() {
    let mut to = unmapped_writer();
    assert_eq!(to.write(b"abc"), Err(EFAULT));
    assert_eq!(to.write_zeros(1), Err(EFAULT));
    assert_eq!(write!(to, "{}{}", 1, 2), Err(EFAULT));
    assert_eq!((to.len(), to.written()), (64, 0));
}

#[test]
fn zeros_are_written() {
    let mut buf = [7; 4];
    assert_eq!(writer(&mut buf).write_zeros(3), Ok(3));
    assert_eq!(buf, [0, 0, 0, 7]);
    assert_eq!(writer(&mut buf).write_zeros(9), Ok(4));
}

#[test]
fn a_reader_gives_every_byte_once() {
    let mut from = reader(b"abcdef");
    let mut two = [0; 2];
    assert_eq!(from.read(&mut two), Ok(2));
    assert_eq!(&two, b"ab");
    assert_eq!(from.skip(1), Ok(()));
    let mut rest = [0; 8];
    assert_eq!(from.read(&mut rest), Ok(3));
    assert_eq!(&rest[..3], b"def");
    assert_eq!(from.read(&mut rest), Ok(0));
    assert_eq!(from.skip(1), Err(EINVAL));
    assert_eq!(from.taken(), 6);
}

#[test]
fn what_is_too_long_is_not_taken() {
    let mut from = reader(b"abcdef");
    assert_eq!(from.read_all(5, GFP_KERNEL).err(), Some(EINVAL));
    assert_eq!(from.skip(2), Ok(()));
    assert_eq!(&*from.read_all(4, GFP_KERNEL).unwrap(), b"cdef");
    assert_eq!(&*from.read_all(4, GFP_KERNEL).unwrap(), b"");
    assert_eq!(from.taken(), 6);
}

#[test]
fn numbers_take_all_or_nothing() {
    let mut from = reader(b"250\n");
    assert_eq!(from.parse::<i8>(), Err(ERANGE));
    assert_eq!(from.parse::<u8>(), Ok(250));
    assert!(from.is_empty());
    assert_eq!(reader(b"x").parse::<u32>(), Err(EINVAL));
    assert_eq!(reader(b"y").parse::<bool>(), Ok(true));
}

#[test]
fn an_iterator_is_written_as_a_buffer_is() {
    let mut buf = [0; 6];
    let mut iter = iov_iter {
        buf: buf.as_mut_ptr().cast(),
        count: buf.len(),
    };
    // SAFETY: For the stand-ins, `buf` is user memory.
    let mut to = unsafe { UserWriter::over_iter(&mut iter) };
    assert_eq!(to.write(b"ab"), Ok(2));
    assert_eq!(to.write_from(b"xyz", 1), Ok(2));
    assert_eq!((to.len(), to.written()), (2, 4));
    assert_eq!(to.write_zeros(9), Ok(2));
    assert_eq!(&buf, b"abyz\0\0");
}

#[test]
fn an_iterator_stays_where_it_was_after_a_fault() {
    let behind = ptr::without_provenance_mut(kmod_bindings::USER_END);
    let mut iter = iov_iter {
        buf: behind,
        count: 8,
    };
    // SAFETY: For the stand-ins, this is user memory that is not mapped.
    let mut to = unsafe { UserWriter::over_iter(&mut iter) };
    assert_eq!(to.write(b"abc"), Err(EFAULT));
    assert_eq!(writeln!(to, "abc"), Err(EFAULT));
    assert_eq!((to.len(), to.written()), (8, 0));
    assert_eq!(iter.count, 8);
}

#[test]
fn an_iterator_is_parsed_as_a_buffer_is() {
    let mut buf = *b"300\n";
    let mut iter = iov_iter {
        buf: buf.as_mut_ptr().cast(),
        count: buf.len(),
    };
    // SAFETY: For the stand-ins, `buf` is user memory.
    let mut from = unsafe { UserReader::over_iter(&mut iter) };
    assert_eq!(from.parse::<u8>(), Err(ERANGE));
    assert_eq!((from.len(), from.taken()), (4, 0));
    assert_eq!(from.parse::<u16>(), Ok(300));
    assert_eq!((from.len(), from.taken()), (0, 4));
    assert_eq!(iter.count, 0);
}

#[test]
fn a_value_is_copied_whole_or_not_at_all() {
    let mut buf = [0; 14];
    let mut to = writer(&mut buf);
    assert_eq!(to.write_value(&0x0102_0304_u32.to_be()), Ok(()));
    assert_eq!(to.write_value(&[5_u8, 6, 7]), Ok(()));
    assert_eq!(to.write_value(&u64::MAX), Err(EINVAL));
    assert_eq!((to.len(), to.written()), (7, 7));
    assert_eq!(unmapped_writer().write_value(&1_u8), Err(EFAULT));
    let mut from = reader(&buf[..8]);
    assert_eq!(from.read_value::<[u8; 4]>(), Ok([1, 2, 3, 4]));
    assert_eq!(from.read_value::<u64>(), Err(EINVAL));
    assert_eq!(from.read_value::<[u8; 3]>(), Ok([5, 6, 7]));
    assert_eq!((from.len(), from.taken()), (1, 7));
}

#[test]
fn a_value_goes_to_an_iterator_and_comes_from_one() {
    let mut buf = [0; 6];
    let iter = |buf: &mut [u8; 6]| iov_iter {
        buf: buf.as_mut_ptr().cast(),
        count: buf.len(),
    };
    let mut to = iter(&mut buf);
    // SAFETY: For the stand-ins, `buf` is user memory.
    let mut to = unsafe { UserWriter::over_iter(&mut to) };
    assert_eq!(to.write_value(&[7_u8; 4]), Ok(()));
    assert_eq!(to.write_value(&1_u32), Err(EINVAL));
    assert_eq!((to.len(), to.written()), (2, 4));
    let mut from = iter(&mut buf);
    // SAFETY: For the stand-ins, `buf` is user memory.
    let mut from = unsafe { UserReader::over_iter(&mut from) };
    assert_eq!(from.read_value(), Ok([7_u8, 7, 7]));
    assert_eq!(from.read_value(), Ok([7_u8, 0]));
    assert_eq!((from.len(), from.taken()), (1, 5));
}

#[test]
fn a_value_that_is_there_in_part_is_not_taken() {
    let end = ptr::without_provenance_mut(kmod_bindings::USER_END);
    let mut iter = iov_iter { buf: end, count: 8 };
    // SAFETY: For the stand-ins, this is user memory that is not mapped.
    let mut from = unsafe { UserReader::over_iter(&mut iter) };
    assert_eq!(from.read_value::<u32>(), Err(EFAULT));
    assert_eq!((from.len(), from.taken(), iter.count), (8, 0, 8));
}

#[test]
fn what_is_written_at_a_position_stays_within_the_data() {
    let mut data = *b"......";
    assert_eq!(reader(b"abc").read_into(&mut data, 4), Ok(2));
    assert_eq!(reader(b"abc").read_into(&mut data, 6), Ok(0));
    assert_eq!(reader(b"abc").read_into(&mut data, u64::MAX), Ok(0));
    assert_eq!(&data, b"....ab");
}
