// SPDX-License-Identifier: GPL-2.0-only

extern crate std;

use super::code::*;
use super::*;
use std::format;

#[test]
fn a_pointer_in_the_last_4095_bytes_is_an_errno() {
    let mut value = 1;
    assert_eq!(
        from_err_ptr(&raw mut value).unwrap().as_ptr(),
        &raw mut value
    );
    let pointer = |number: isize| core::ptr::without_provenance_mut::<u8>(number.cast_unsigned());
    assert_eq!(from_err_ptr(pointer(-17)), Err(code::EEXIST));
    assert_eq!(
        from_err_ptr(pointer(-4095)).map_err(Error::to_errno),
        Err(-4095)
    );
    assert!(from_err_ptr(pointer(-4096)).is_ok());
    assert_eq!(from_err_ptr(pointer(0)), Err(code::ENOMEM));
}

#[test]
fn an_errno_survives_the_round_trip() {
    for errno in [-1, -22, -512, -4095] {
        assert_eq!(Error::from_errno(errno).to_errno(), errno);
    }
}

#[test]
fn what_is_no_errno_is_einval() {
    for errno in [0, 1, 22, -4096, c_int::MIN, c_int::MAX] {
        assert_eq!(Error::from_errno(errno), EINVAL);
    }
}

#[test]
fn a_return_value_is_a_result() {
    assert_eq!(to_result(7), Ok(7));
    assert_eq!(to_result(0), Ok(0));
    assert_eq!(to_result(-28), Err(ENOSPC));
}

#[test]
fn errors_have_the_kernels_names() {
    assert_eq!(format!("{EFAULT:?} {EFAULT}"), "EFAULT -EFAULT");
    assert_eq!(format!("{ERESTARTSYS:?}"), "ERESTARTSYS");
    let unnamed = Error::from_errno(-4000);
    assert_eq!(format!("{unnamed:?} {unnamed}"), "Error(4000) -4000");
}

#[test]
fn a_result_costs_no_more_than_the_int_in_c() {
    assert_eq!(size_of::<Result>(), size_of::<c_int>());
}

#[test]
fn other_errors_convert() {
    fn parse(text: &str) -> Result<u8> {
        let number: u32 = text.parse()?;
        Ok(number.try_into()?)
    }
    assert_eq!(parse("7"), Ok(7));
    assert_eq!(parse("x"), Err(EINVAL));
    assert_eq!(parse("256"), Err(EINVAL));
}
