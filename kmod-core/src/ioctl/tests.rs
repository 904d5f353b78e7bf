// SPDX-License-Identifier: GPL-2.0-only
//! Calls as the kernel makes them. The stand-ins' user memory is the tests' own.

use core::ffi::c_long;
use core::ptr;

use super::{Call, Payload as _, io, ior, iow, iowr};
use crate::alloc::{GFP_KERNEL, KBox};
use crate::error::Result;
use crate::error::code::{EDOM, EFAULT, EOVERFLOW};

/// A call with the address of this memory.
fn call<T>(memory: &mut T) -> Call {
    let memory = ptr::from_mut(memory).cast::<u8>();
    kmod_bindings::know_user(ptr::slice_from_raw_parts_mut(memory, size_of::<T>()));
    // SAFETY: For the stand-ins, `memory` is user memory.
    unsafe { Call::new(0, memory.addr() as u64) }
}

fn call_with(arg: usize) -> Call {
    // SAFETY: For the stand-ins, the argument is what the process gave.
    unsafe { Call::new(0, arg as u64) }
}

#[test]
fn numbers_are_those_of_c() {
    assert_eq!(io(b'T', 4).number, 0x5404);
    assert_eq!(ior(b'T', 1, u32::CARRIED).number, 0x8004_5401);
    assert_eq!(iow(0xff, 2, <[u16; 3]>::CARRIED).number, 0x4006_ff02);
    assert_eq!(
        iowr(0, 0xff, KBox::<[u8; 16383]>::CARRIED).number,
        0xffff_00ff
    );
}

#[test]
fn values_go_out_on_success_only() {
    let mut to = [0_u32; 2];
    assert_eq!(call(&mut to[0]).ior(|| Ok(7_u32)), Ok(0));
    assert_eq!(to, [7, 0]);
    let failed: Result<c_long> = call(&mut to[0]).ior(|| Err::<u32, _>(EDOM));
    assert_eq!((failed, to), (Err(EDOM), [7, 0]));
    let mut bytes = [1_u8, 2, 3, 4];
    let swapped = call(&mut bytes).iowr(|[a, b, c]: [u8; 3]| Ok([c, b, a]));
    assert_eq!((swapped, bytes), (Ok(0), [3, 2, 1, 4]));
    let failed = call(&mut bytes).iowr(|_: [u8; 3]| Err(EDOM));
    assert_eq!((failed, bytes), (Err(EDOM), [3, 2, 1, 4]));
}

#[test]
fn values_of_every_size_come_in() {
    let mut bytes = [1_u8, 2, 3, 4, 5, 6, 7, 8, 9];
    assert_eq!(call(&mut bytes).iow(|v: u8| Ok(u32::from(v))), Ok(1));
    assert_eq!(call(&mut bytes).iow(|v: u16| Ok(u32::from(v))), Ok(0x0201));
    assert_eq!(call(&mut bytes).iow(|v: u32| Ok(v)), Ok(0x0403_0201));
    assert_eq!(call(&mut bytes).iow(|v: u64| Ok((v >> 56) as u32)), Ok(8));
    assert_eq!(
        call(&mut bytes).iow(|v: [u8; 9]| Ok(u32::from(v[8]))),
        Ok(9)
    );
    // Not aligned.
    assert_eq!(
        call(&mut bytes[1]).iow(|v: KBox<u32>| Ok(*v)),
        Ok(0x0504_0302)
    );
}

#[test]
fn a_fault_comes_before_the_handler_if_it_gets_a_value() {
    let nowhere = kmod_bindings::USER_END;
    let never = |_: u32| -> Result<u32> { panic!("it was called") };
    assert_eq!(call_with(nowhere).iow(never), Err(EFAULT));
    assert_eq!(call_with(nowhere).iowr(never), Err(EFAULT));
    let boxed = |_: KBox<[u8; 600]>| -> Result { panic!("it was called") };
    assert_eq!(call_with(nowhere).iow(boxed), Err(EFAULT));
    assert_eq!(call_with(nowhere).ior(|| Ok(1_u64)), Err(EFAULT));
    let reply = || Ok(KBox::new([0_u8; 600], GFP_KERNEL)?);
    assert_eq!(call_with(nowhere).ior(reply), Err(EFAULT));
}

#[test]
fn returned_numbers_are_those_of_an_int() {
    assert_eq!(call_with(5).io_value(|arg| Ok(arg as u32)), Ok(5));
    assert_eq!(call_with(5).io(|| Ok(())), Ok(0));
    assert_eq!(call_with(0).io(|| Ok(0x7fff_ffff_u32)), Ok(0x7fff_ffff));
    assert_eq!(call_with(0).io(|| Ok(0x8000_0000_u32)), Err(EOVERFLOW));
}
