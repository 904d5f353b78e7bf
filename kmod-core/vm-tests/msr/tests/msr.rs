// SPDX-License-Identifier: GPL-2.0-only
//! Registers of CPUs, and what CPUs tell, beside the same in C and what user space can see of it.

use std::arch::x86_64::__cpuid_count;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::FileExt;

use kmod_test::{Loaded, Parity, errno, load, load_twin};

const ENOENT: i32 = 2;
const ENXIO: i32 = 6;

const NODES: [&str; 2] = ["/dev/vm_msr", "/dev/vm_msr_c"];

fn both() -> [Loaded; 2] {
    [load(&[]).unwrap(), load_twin(&[]).unwrap()]
}

/// What a command gives.
fn ask(node: &str, command: &str) -> Result<[u64; 4], i32> {
    let options = OpenOptions::new().write(true).open(node);
    errno(options.unwrap().write_all(command.as_bytes()))?;
    let mut text = [0; 80];
    let read = File::open(node).unwrap().read_at(&mut text, 0).unwrap();
    let text = String::from_utf8(text[..read].to_vec()).unwrap();
    let numbers = text
        .split(' ')
        .map(|number| u64::from_str_radix(number, 16).unwrap());
    Ok(numbers.collect::<Vec<_>>().try_into().unwrap())
}

/// Registers that stay as they are: the APIC's base, MTRRs' capabilities, SYSENTER_CS, MISC_ENABLE, PAT, EFER, STAR,
/// LSTAR, and some that no CPU has.
const REGISTERS: [u32; 11] = [
    0x1b,
    0xfe,
    0x174,
    0x1a0,
    0x277,
    0xc000_0080,
    0xc000_0081,
    0xc000_0082,
    0x1234_5678,
    0xffff_ffff,
    0,
];

#[test]
fn registers_are_read_as_in_c() {
    let _modules = both();
    let mut parity = Parity::default();
    let mut some = 0;
    for cpu in ["0", "1", "2", "77", "4096", "4294967295", "0x7fffffff"] {
        for register in REGISTERS {
            let command = format!("msr {cpu} {register:#x}");
            let both = NODES.map(|node| ask(node, &command));
            if cpu == "0" && both[0].is_ok_and(|it| it[0] != 0) {
                some += 1;
            }
            parity.case(command, both);
        }
    }
    parity.end();
    assert!(some >= 4, "{some}");
    // Fields of one, of a kernel that runs in 64 bits.
    let efer = NODES.map(|node| ask(node, "efer 0"));
    assert_eq!(efer, [Ok([1, 1, 0, 0]); 2]);
}

#[test]
fn a_cpu_that_is_not_there_has_none() {
    let _modules = both();
    for cpu in ["77", "4096", "0x7fffffff", "0xffffffff"] {
        let command = format!("msr {cpu} 0x1b");
        assert_eq!(ask(NODES[0], &command), Err(ENXIO), "{cpu}");
    }
    let online = "/sys/devices/system/cpu/cpu1/online";
    assert!(ask(NODES[0], "msr 1 0x1b").is_ok());
    fs::write(online, "0").unwrap();
    let offline = NODES.map(|node| ask(node, "msr 1 0x1b"));
    fs::write(online, "1").unwrap();
    assert_eq!(offline, [Err(ENXIO); 2]);
    assert!(ask(NODES[0], "msr 1 0x1b").is_ok());
}

#[test]
fn a_cpu_tells_the_module_what_it_tells_a_program() {
    let _modules = both();
    let largest = __cpuid_count(0, 0).eax;
    let (extended, mut asked) = (__cpuid_count(0x8000_0000, 0).eax, 0);
    for leaf in (0..=largest).chain(0x8000_0000..=extended) {
        // These tell of the CPU that is asked, or of what the kernel has switched on for a task.
        if [1, 0xb, 0xd, 0x1f, 0x8000_001e].contains(&leaf) {
            continue;
        }
        for part in 0..3 {
            let told = __cpuid_count(leaf, part);
            let told = [told.eax, told.ebx, told.ecx, told.edx].map(u64::from);
            for node in NODES {
                let answer = ask(node, &format!("cpuid {leaf:#x} {part}"));
                assert_eq!(answer, Ok(told), "{node}: {leaf:x} {part}");
            }
            asked += 1;
        }
        assert_eq!(
            ask(NODES[0], &format!("leaf {leaf:#x}")),
            ask(NODES[0], &format!("cpuid {leaf:#x} 0"))
        );
    }
    assert!(asked > 20, "{asked}");
    // The family of leaf 1, which no CPU has differently from the others.
    let [ours, told] = [
        ask(NODES[0], "leaf 1").unwrap()[0],
        __cpuid_count(1, 0).eax.into(),
    ];
    assert_eq!(ours, told);
    // What QEMU tells of itself, if it tells that it is there.
    let hypervisor = __cpuid_count(0x4000_0000, 0);
    let expected = if __cpuid_count(1, 0).ecx >> 31 == 1 {
        let told = [
            hypervisor.eax,
            hypervisor.ebx,
            hypervisor.ecx,
            hypervisor.edx,
        ];
        Ok(told.map(u64::from))
    } else {
        Err(ENOENT)
    };
    assert_eq!(ask(NODES[0], "leaf 0x40000000"), expected);
    for leaf in [
        largest + 1,
        0xffff,
        extended + 1,
        0x8000_ffff,
        0x1234_0000,
        0x7fff_ffff,
        0xffff_ffff,
    ] {
        let answer = ask(NODES[0], &format!("cpuid {leaf:#x} 0"));
        assert_eq!(answer, Err(ENOENT), "{leaf:x}");
    }
}
