// SPDX-License-Identifier: GPL-2.0-only
//! What is read from well-formed attributes.

use super::{NONE, expand, fields, module, operations, param};
use crate::kernel_module::escaped;

/// The expansion without white space, which says nothing between tokens.
fn tokens(source: &str) -> String {
    without_space(&expand(source).to_string())
}

fn without_space(tokens: &str) -> String {
    tokens.replace(char::is_whitespace, "")
}

fn holds(expansion: &str, tokens: &str) {
    let tokens = without_space(tokens);
    assert!(expansion.contains(&tokens), "no {tokens} in {expansion}");
}

#[test]
fn entries_come_in_any_order_and_end_with_a_comma_or_not() {
    for args in [
        "name = \"ticket\", license = \"GPL\"",
        "license = \"GPL\", name = \"ticket\",",
        "license = \"GPL\", params(), name = \"ticket\"",
        "params(start: u32 = 1,), license = \"GPL\", name = \"ticket\"",
    ] {
        assert_eq!(module(args, ""), NONE, "{args}");
    }
}

#[test]
fn every_free_licence_is_taken() {
    for license in [
        "GPL",
        "GPL v2",
        "GPL and additional rights",
        "Dual BSD/GPL",
        "Dual MIT/GPL",
        "Dual MPL/GPL",
        "Proprietary",
    ] {
        let args = format!("name = \"ticket\", license = \"{license}\"");
        assert_eq!(module(&args, ""), NONE, "{license}");
    }
}

#[test]
fn module_names_that_c_takes_are_taken() {
    for name in ["ticket", "Ticket_2", "9p", "_x", &"n".repeat(55)] {
        let args = format!("name = \"{name}\", license = \"GPL\"");
        assert_eq!(module(&args, ""), NONE, "{name}");
    }
}

#[test]
fn params_of_every_type_are_taken() {
    for written in [
        "a: bool = true",
        "a: i8 = -128",
        "a: i16 = 1",
        "a: i32 = 0x10",
        "a: i64 = -9_223_372_036_854_775_808",
        "a: isize = 1",
        "a: u8 = 255",
        "a: u8 = b'a'",
        "a: u16 = 1u16",
        "a: u32 = DEFAULT",
        "a: u64 = 18446744073709551615",
        "a: usize = 4 * 1024",
        "a: &str = \"x\"",
        "a: &'static str = \"x\"",
        "a: &CStr = c\"x\"",
        "a: &core::ffi::CStr = \"x\"",
        "r#type: u32 = 1",
    ] {
        assert_eq!(param(written), NONE, "{written}");
    }
}

#[test]
fn perms_that_c_takes_are_taken() {
    for perm in [
        "0", "0o0", "0o400", "0o440", "0o444", "0o600", "0o644", "0o664",
    ] {
        let written = format!("#[param(perm = {perm})] a: u32 = 1");
        assert_eq!(param(&written), NONE, "{perm}");
    }
}

#[test]
fn a_range_has_the_ends_that_it_names() {
    for (range, ends) in [
        ("1..=100", "7, 1, 100"),
        ("1..101", "7, 1, 100"),
        ("..=100", "7, ::core::primitive::i32::MIN, 100"),
        ("-5..", "7, -5, ::core::primitive::i32::MAX"),
        ("-9..8", "7, -9, 7"),
        ("LEAST..=MOST", "7, LEAST, MOST"),
    ] {
        let module = tokens(&format!(
            "#[kernel_module(name = \"t\", license = \"GPL\", \
             params(#[param(range = {range})] a: i32 = 7))] struct T;"
        ));
        holds(&module, &format!("with_range(c\"a\", {ends})"));
    }
}

#[test]
fn a_default_that_is_a_constant_is_compared_by_the_compiler() {
    let module = tokens(
        "#[kernel_module(name = \"t\", license = \"GPL\", \
         params(#[param(range = 1..=9)] a: i32 = DEFAULT))] struct T;",
    );
    holds(&module, "(1) <= (DEFAULT) && (DEFAULT) <= (9)");
}

#[test]
fn a_range_with_a_constant_end_is_compared_by_the_compiler() {
    let module = tokens(
        "#[kernel_module(name = \"t\", license = \"GPL\")] \
         struct T { #[sysctl(path = \"a/b\", range = 1..=MOST)] a: A }",
    );
    holds(&module, "::core::assert!((1) <= (MOST),");
}

#[test]
fn names_come_from_fields_without_their_raw_prefix() {
    let module = tokens(
        "#[kernel_module(name = \"t\", license = \"GPL\")] \
         struct T { #[chrdev] r#type: Device }",
    );
    holds(
        &module,
        "const NAME: &'static ::core::ffi::CStr = c\"type\"",
    );
    holds(&module, "&raw const instance.r#type");
}

#[test]
fn the_path_of_a_sysctl_is_split_at_its_last_slash() {
    let module = tokens(
        "#[kernel_module(name = \"t\", license = \"GPL\")] \
         struct T { #[sysctl(path = \"net/ticket/step\")] step: AtomicU32 }",
    );
    holds(&module, "SysctlTable::new(c\"net/ticket\", &ENTRIES)");
    holds(&module, "SysctlEntry::new::<Self>(c\"step\", 0o644");
}

/// The folders and the fields of the tables, in the order in which they are registered; devices are
/// there as themselves.
fn tables(fields: &str) -> Vec<String> {
    let attribute = "#[kernel_module(name = \"t\", license = \"GPL\")]";
    let module: String = tokens(&format!("{attribute} struct T {{ {fields} }}"))
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let objects = module.split("staticOBJECT_").skip(1);
    let names = objects.map(|object| {
        let object = object.split("staticOBJECTS").next().unwrap_or_default();
        let fields = object.split("__kmod_").skip(1);
        let fields: Vec<&str> = fields
            .map(|field| field.split("as::").next().unwrap_or_default())
            .map(|field| field.split('>').next().unwrap_or_default())
            .collect();
        let dir = object.split("SysctlTable::new(c\"").nth(1);
        let dir = dir.and_then(|dir| dir.split('"').next());
        format!("{}: {}", dir.unwrap_or("-"), fields.join(" "))
    });
    names.collect()
}

#[test]
fn sysctls_of_a_folder_share_a_table_unless_an_object_stands_between_them() {
    const A: &str = "#[sysctl(path = \"d/a\")] a: A,";
    const B: &str = "#[sysctl(path = \"d/b\")] b: A,";
    const DEEP: &str = "#[sysctl(path = \"d/deep/c\")] c: A,";
    const OTHER: &str = "#[sysctl(path = \"e/a\")] e: A,";
    const DEVICE: &str = "#[misc] device: D,";
    const STATE: &str = "state: u32,";
    for (fields, expected) in [
        (vec![A, STATE, B], vec!["d: a b"]),
        (vec![A, OTHER, B], vec!["d: a b", "e: e"]),
        (vec![OTHER, A, DEEP, B], vec!["e: e", "d: a b", "d/deep: c"]),
        (vec![A, DEVICE, B], vec!["d: a", "-: device", "d: b"]),
        (vec![DEVICE, A, B], vec!["-: device", "d: a b"]),
        (vec![DEVICE], vec!["-: device"]),
    ] {
        assert_eq!(tables(&fields.concat()), expected);
    }
}

#[test]
fn modes_that_c_takes_are_taken() {
    for mode in ["0o1", "0o444", "0o600", "0o666", "0o777"] {
        assert_eq!(fields(&format!("#[chrdev(mode = {mode})] a: A")), NONE);
    }
    for mode in ["0o220", "0o444", "0o644", "0o664"] {
        let field = format!("#[sysctl(path = \"a/b\", mode = {mode})] a: A");
        assert_eq!(fields(&field), NONE);
    }
}

#[test]
fn minors_go_up_to_all_of_a_major() {
    for minors in ["1", "1048576"] {
        assert_eq!(fields(&format!("#[chrdev(minors = {minors})] a: A")), NONE);
    }
}

#[test]
fn descriptions_come_from_doc_comments() {
    let module = tokens(
        "/// Hands out\n/// ticket numbers.\n///\n/// More of it.\n\
         #[kernel_module(name = \"t\", license = \"GPL\", params(\n\
             /// First number,\n\n/// and on.\n start: u32 = 1))] struct T;",
    );
    holds(
        &module,
        "\".asciz \\\"description=Hands out ticket numbers.\\\"\"",
    );
    holds(
        &module,
        "\".asciz \\\"parm=start:First number, and on.\\\"\"",
    );
}

#[test]
fn modinfo_is_escaped_for_the_assembler() {
    for (value, written) in [
        ("plain {} %s", "plain {} %s"),
        ("a\"b\\c", "a\\\"b\\\\c"),
        ("line\nline", "line\\012line"),
        ("é", "\\303\\251"),
        ("a1\u{1}1", "a1\\0011"),
    ] {
        assert_eq!(escaped(value), written);
    }
}

#[test]
fn parmtypes_are_those_of_c() {
    let module = tokens(
        "#[kernel_module(name = \"t\", license = \"GPL\", params(\
         a: bool = true, b: u8 = 1, c: i16 = 1, d: u16 = 1, e: i32 = 1, f: u32 = 1, g: i64 = 1, \
         h: isize = 1, i: u64 = 1, j: usize = 1, k: &str = \"\", l: &CStr = \"\", m: i8 = 1))] \
         struct T;",
    );
    for (name, ty) in [
        ("a", "bool"),
        ("b", "byte"),
        ("c", "short"),
        ("d", "ushort"),
        ("e", "int"),
        ("f", "uint"),
        ("g", "long"),
        ("h", "long"),
        ("i", "ullong"),
        ("j", "ulong"),
        ("k", "charp"),
        ("l", "charp"),
        ("m", "i8"),
    ] {
        holds(&module, &format!("\".asciz \\\"parmtype={name}:{ty}\\\"\""));
    }
}

#[test]
fn an_impl_needs_no_more_than_its_handlers() {
    for items in [
        "",
        "fn read(&self) {}",
        "type Module = Ticket; fn write(&self) {}",
        "type PerOpen = (); fn llseek(&self) {}",
        "type PerOpen = u8; fn open(&self) {} fn release(&self) {}",
    ] {
        assert_eq!(operations(items), NONE, "{items}");
    }
}

#[test]
fn a_handler_under_cfg_fills_its_slot_under_cfg() {
    let operations = tokens(
        "#[file_operations] impl FileOperations for D { \
         #[cfg(feature = \"x\")] fn read(&self) {} fn write(&self) {} }",
    );
    holds(
        &operations,
        "read: ::core::cfg!(all(feature = \"x\")), write: true",
    );
}

#[test]
fn an_object_under_cfg_is_registered_under_cfg() {
    let module = tokens(
        "#[kernel_module(name = \"t\", license = \"GPL\")] \
         struct T { #[cfg(feature = \"x\")] #[chrdev] a: A }",
    );
    holds(&module, "#[cfg(feature = \"x\")] &OBJECT_0,");
    holds(&module, "#[cfg(feature = \"x\")] struct __kmod_a;");
}
