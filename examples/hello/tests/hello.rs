// SPDX-License-Identifier: GPL-2.0-only
//! What hello says, and how large it is.

use std::fs;

use kmod_test::{Kmsg, load, load_twin, module_path};
use object::read::elf::{FileHeader, SectionHeader};
use object::{Endianness, elf};

/// The module's lines in the log, without its name.
fn said(kmsg: &mut Kmsg, name: &str) -> Vec<String> {
    let lines = kmsg.lines().unwrap();
    let start = format!("{name}: ");
    lines
        .iter()
        .filter_map(|line| Some(line.strip_prefix(&start)?.to_owned()))
        .collect()
}

#[test]
fn it_greets_the_world() {
    // The first module since boot is told, in its name, that it taints the kernel.
    load_twin(&[]).unwrap().unload().unwrap();
    let mut kmsg = Kmsg::mark().unwrap();
    load(&[]).unwrap().unload().unwrap();
    let expected = [
        "Hello, world!",
        "tiny=-8 byte=8 short=-16 ushort=16 int=-32",
        "long=-64 ullong=64 offset=-1 size=1",
        "goodbye",
    ];
    assert_eq!(said(&mut kmsg, "hello"), expected);
    load_twin(&[]).unwrap().unload().unwrap();
    assert_eq!(said(&mut kmsg, "hello_c"), expected);
}

#[test]
fn it_reads_its_parameters() {
    let params = [
        "who=Zoë",
        "greeting=Salut",
        "times=2",
        "tiny=-128",
        "byte=255",
        "short=0x7fff",
        "ushort=0177777",
        "int=-2147483648",
        "long=9223372036854775807",
        "ullong=18446744073709551615",
        "offset=-5",
        "size=4096",
    ];
    let expected = [
        "Salut, Zoë!",
        "Salut, Zoë!",
        "tiny=-128 byte=255 short=32767 ushort=65535 int=-2147483648",
        "long=9223372036854775807 ullong=18446744073709551615 offset=-5 size=4096",
    ];
    let mut kmsg = Kmsg::mark().unwrap();
    let _module = load(&params).unwrap();
    assert_eq!(said(&mut kmsg, "hello"), expected);
    let _twin = load_twin(&params).unwrap();
    assert_eq!(said(&mut kmsg, "hello_c"), expected);
}

/// Bytes of text (code, and data that is only read) and of data, as size(1) counts them.
fn size(name: &str) -> u64 {
    let data = fs::read(module_path(name)).unwrap();
    let header = elf::FileHeader64::<Endianness>::parse(&*data).unwrap();
    let endian = header.endian().unwrap();
    let sections = header.sections(endian, &*data).unwrap();
    sections
        .iter()
        .filter(|section| section.sh_flags(endian) & u64::from(elf::SHF_ALLOC) != 0)
        .filter(|section| section.sh_type(endian) != elf::SHT_NOBITS)
        .map(|section| section.sh_size(endian))
        .sum()
}

#[test]
fn it_is_not_much_larger_than_its_twin() {
    // There each access is a check, and each static of `kmod-core` stays, whoever uses it.
    if kmod_test::config("KASAN").unwrap().is_some() {
        return;
    }
    // The name, which only the VM knows.
    let name = kmod_test::module_name();
    let (rust, c) = (size(&name), size(&format!("{name}_c")));
    println!("text and data: {rust} bytes, in C {c}");
    // Where the kernel asks for overflow checks, what they say is in the module, too.
    let data = fs::read(module_path(&name)).unwrap();
    let checked = data.windows(12).any(|bytes| bytes == b"panic_const_");
    // Each type that parameters have takes 48 bytes once, and here is one parameter of each.
    let most = if checked { 20 * c } else { 16 * c };
    // And a barrier when it goes, between what no handler may do any more and what some may have left.
    assert!(10 * rust <= most + 10 * 16, "{rust} bytes, in C {c}");
}
