// SPDX-License-Identifier: GPL-2.0-only
//! What the module says about itself, next to its twin in C.

use std::fs;

use kmod_test::{config, load, module_path};
use object::read::elf::{FileHeader, SectionHeader};
use object::{Endianness, elf};

/// The `.modinfo` sections' fields of a module file, in order.
fn modinfo(name: &str) -> (usize, Vec<String>) {
    let data = fs::read(module_path(name)).unwrap();
    let header = elf::FileHeader64::<Endianness>::parse(&*data).unwrap();
    let endian = header.endian().unwrap();
    let sections = header.sections(endian, &*data).unwrap();
    let mut count = 0;
    let mut fields = Vec::new();
    for section in sections.iter() {
        if sections.section_name(endian, section) == Ok(b".modinfo") {
            count += 1;
            let bytes = section.data(endian, &*data).unwrap();
            let texts = bytes
                .split(|byte| *byte == 0)
                .filter(|text| !text.is_empty());
            fields.extend(texts.map(|text| String::from_utf8(text.to_vec()).unwrap()));
        }
    }
    (count, fields)
}

/// The fields that do not depend on name or source.
fn comparable(name: &str) -> Vec<String> {
    let (_, mut fields) = modinfo(name);
    fields.retain(|field| !field.starts_with("name=") && !field.starts_with("srcversion="));
    fields.sort();
    fields
}

#[test]
fn it_says_what_c_says() {
    // The name, which only the VM knows.
    let name = kmod_test::module_name();
    assert_eq!(comparable(&name), comparable(&format!("{name}_c")));
    let (_, fields) = modinfo(&name);
    // As x86's kernels were called once, and are.
    let retpolines = ["RETPOLINE", "MITIGATION_RETPOLINE"].map(|option| config(option).unwrap());
    let has = fields.iter().any(|field| field == "retpoline=Y");
    assert_eq!(has, retpolines.iter().any(Option::is_some));
    for start in ["vermagic=", "depends=", "srcversion=", "name=vm_modinfo"] {
        assert!(
            fields.iter().any(|field| field.starts_with(start)),
            "{start}"
        );
    }
}

#[test]
fn there_is_one_section() {
    let name = kmod_test::module_name();
    for name in [name.clone(), format!("{name}_c")] {
        let (sections, fields) = modinfo(&name);
        let licenses = fields.iter().filter(|field| field.starts_with("license="));
        assert_eq!((sections, licenses.count()), (1, 1), "{name}");
    }
}

#[test]
fn the_kernel_sees_a_free_licence() {
    let before = fs::read_to_string("/proc/sys/kernel/tainted").unwrap();
    let _module = load(&[]).unwrap();
    // O: out of tree, E: unsigned. No P: proprietary, no F: forced, for lack of vermagic.
    let taint = fs::read_to_string("/sys/module/vm_modinfo/taint").unwrap();
    assert!(
        taint.trim().chars().all(|flag| "OE".contains(flag)),
        "{taint}"
    );
    let after: u64 = fs::read_to_string("/proc/sys/kernel/tainted")
        .unwrap()
        .trim()
        .parse()
        .unwrap();
    let before: u64 = before.trim().parse().unwrap();
    assert_eq!(after & 1, before & 1, "P");
    let version = fs::read_to_string("/sys/module/vm_modinfo/version").unwrap();
    assert_eq!(version.trim(), "1.2.3-rc4");
    let source = fs::read_to_string("/sys/module/vm_modinfo/srcversion").unwrap();
    assert_eq!(source.trim().len(), 23);
}
