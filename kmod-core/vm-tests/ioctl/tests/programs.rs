// SPDX-License-Identifier: GPL-2.0-only
//! Programs that use the generated header, and the generated crate: what they see is the same from
//! the module and from its C twin.

use std::fs::OpenOptions;

use kmod_test::{IoctlMemory, load, load_twin, program};

#[expect(
    dead_code,
    unused_attributes,
    reason = "a whole crate, of which some is used"
)]
#[path = "../uapi/vm-ioctl-uapi/src/lib.rs"]
mod uapi;

fn output(name: &str, arguments: &[&str]) -> String {
    let output = program(name).args(arguments).output().unwrap();
    assert!(output.status.success(), "{name}: {}", output.status);
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_c_program_calls_every_command() {
    let _module = load(&[]).unwrap();
    let _twin = load_twin(&[]).unwrap();
    let said = output("calls", &[]);
    assert_eq!(said, output("calls", &["_c"]));
    for line in [
        "VM_ADD 4",
        "VM_SUM 6",
        "VM_SUM -75",
        "200 -30000 4000000000 9223372036854775808",
        "VM_SWAP_POINT -33",
        "VM_TURN 0",
        "7 4 1",
        "BOXED_CMD_CHECK 0",
        "1099511627781",
        "7 1099511627781",
        "BOXED_CMD_TAKE -61",
        "90 90",
    ] {
        assert!(said.lines().any(|said| said == line), "{line}: {said}");
    }
}

#[test]
fn a_32_bit_program_calls_every_command() {
    if kmod_test::config("COMPAT").unwrap().is_none() {
        return;
    }
    let _module = load(&[]).unwrap();
    let _twin = load_twin(&[]).unwrap();
    let said = output("calls_32", &[]);
    assert_eq!(said, output("calls_32", &["twin"]));
    let lines: Vec<&str> = said.lines().collect();
    // 5, and a number of 32 bits; a sum; the long; a checksum; the last byte.
    for line in ["4", "6", "4000000000000000", "10000000005", "5a"] {
        assert!(lines.contains(&line), "{line}: {said}");
    }
    // EFAULT twice, ENOTTY, ENODATA.
    for (errno, times) in [
        ("fffffffffffffff2", 2),
        ("ffffffffffffffe7", 1),
        ("ffffffffffffffc3", 1),
    ] {
        let found = lines
            .iter()
            .filter(|line| line.ends_with(&errno[8..]))
            .count();
        assert_eq!(found, times, "{errno}: {said}");
    }
}

#[test]
fn the_generated_crate_has_the_modules_numbers() {
    let _module = load(&[]).unwrap();
    let file = OpenOptions::new().read(true).open("/dev/vm_ioctl").unwrap();
    let point = uapi::VmPoint { x: 1, y: 2, z: 3 };
    let bytes = [point.x, point.y, point.z].map(i32::to_ne_bytes).concat();
    let memory = IoctlMemory::new(&bytes).unwrap();
    assert_eq!(memory.ioctl(&file, uapi::VM_SET_POINT).unwrap(), 0);
    assert_eq!(memory.ioctl(&file, uapi::VM_SUM).unwrap(), 6);
    let back = IoctlMemory::new(&[0; 12]).unwrap();
    assert_eq!(back.ioctl(&file, uapi::VM_GET_POINT).unwrap(), 0);
    assert_eq!(back.bytes(), bytes);
    assert_eq!(size_of::<uapi::VmTable>(), 24 + 1024 + 8);
}
