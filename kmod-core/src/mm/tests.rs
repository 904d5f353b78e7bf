// SPDX-License-Identifier: GPL-2.0-only

use core::sync::atomic::{AtomicU8, AtomicU32, Ordering};

use super::VmallocBuffer;
use crate::error::code::{EINVAL, ENOMEM};

#[test]
fn a_buffer_is_of_whole_zeroed_pages() {
    let buffer = VmallocBuffer::new(4097).unwrap();
    assert_eq!(buffer.len(), 8192);
    assert_eq!(buffer.read::<[u64; 2]>(8176), Ok([0; 2]));
    assert_eq!(VmallocBuffer::new(0).unwrap_err(), EINVAL);
    assert_eq!(VmallocBuffer::new(usize::MAX).unwrap_err(), ENOMEM);
}

#[test]
fn nothing_is_read_or_written_outside() {
    let buffer = VmallocBuffer::new(1).unwrap();
    for offset in [4093, 4096, 4097, usize::MAX - 1, usize::MAX] {
        assert_eq!(buffer.read::<u32>(offset), Err(EINVAL), "{offset}");
        assert_eq!(buffer.write(offset, &1_u32), Err(EINVAL), "{offset}");
        assert_eq!(buffer.read_bytes(offset, &mut [0; 4]), Err(EINVAL));
        assert_eq!(buffer.atomic::<AtomicU32>(offset).unwrap_err(), EINVAL);
    }
    assert_eq!(buffer.write(4092, &0x0403_0201_u32.to_le()), Ok(()));
    let mut tail = [0; 5];
    buffer.read_bytes(4091, &mut tail).unwrap();
    assert_eq!(tail, [0, 1, 2, 3, 4]);
    assert_eq!(buffer.read_bytes(4096, &mut []), Ok(()));
}

#[test]
fn atomics_are_aligned() {
    let buffer = VmallocBuffer::new(1).unwrap();
    for offset in 1..4 {
        assert_eq!(buffer.atomic::<AtomicU32>(offset).unwrap_err(), EINVAL);
    }
    buffer
        .atomic::<AtomicU32>(4)
        .unwrap()
        .store(0x0101_0101, Ordering::Relaxed);
    let byte = buffer.atomic::<AtomicU8>(7).unwrap();
    assert_eq!(byte.load(Ordering::Relaxed), 1);
}
