// SPDX-License-Identifier: GPL-2.0-only
//! The counter as a C program uses it.

use kmod_test::{load, program};

#[test]
fn a_c_program_counts() {
    let _module = load(&[]).unwrap();
    let output = program("use_counter").output().unwrap();
    assert!(output.status.success());
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "reset: ok, now 0\n\
         add 7: ok, now 7\n\
         limits -5 to 10: ok, now 7\n\
         add 7: Numerical result out of range, now 7\n\
         limits -5 to 6: Invalid argument, now 7\n\
         add from nowhere: Bad address, now 7\n\
         another command: Inappropriate ioctl for device, now 7\n"
    );
}
