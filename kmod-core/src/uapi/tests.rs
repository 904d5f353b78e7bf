// SPDX-License-Identifier: GPL-2.0-only
//! What userspace is told.

use super::{
    Command, Commands, Declaration, Export, Field, Function, Item, Node, Parameter, Struct, Type,
    Uapi, Value, line, line_len,
};
use crate::c::CValue;
use core::str;

const POINT: Type = Type::Struct {
    of: &Struct {
        name: "point",
        rust_name: "Point",
        docs: "A \"place\".\n\nTwo\tlines \\ é.",
        size: 12,
        fields: &[
            Field {
                name: "x",
                rust_name: "x",
                docs: "",
                offset: 0,
                ty: i32::TYPE,
            },
            Field {
                name: "type",
                rust_name: "r#type",
                docs: "",
                offset: 4,
                ty: <[[u16; 2]; 2]>::TYPE,
            },
        ],
    },
};

#[test]
fn a_struct_is_a_line_of_json() {
    const ITEM: Item = Item::Struct(POINT);
    let line: [u8; line_len(ITEM)] = line(ITEM);
    let expected = concat!(
        r#"{"struct":{"name":"point","rust_name":"Point","#,
        r#""docs":"A \"place\".\n\nTwo\tlines \\ é.","size":12,"fields":["#,
        r#"{"name":"x","rust_name":"x","docs":"","offset":0,"type":{"int":"i32"}},"#,
        r#"{"name":"type","rust_name":"r#type","docs":"","offset":4,"type":"#,
        r#"{"len":2,"array":{"len":2,"array":{"int":"u16"}}}}]}}"#,
        "\n"
    );
    assert_eq!(str::from_utf8(&line), Ok(expected));
}

#[test]
fn commands_are_a_line_of_json() {
    const ITEM: Item = Item::Commands(&Commands {
        name: "Cmd",
        docs: "",
        magic: 255,
        commands: &[Command {
            name: "CMD_GET",
            docs: "",
            macro_name: "_IOR",
            nr: 1,
            number: 0x8001_ff01,
            payload: Some(u8::TYPE),
            takes_value: false,
            returns_value: true,
        }],
    });
    let line: [u8; line_len(ITEM)] = line(ITEM);
    let expected = concat!(
        r#"{"commands":{"name":"Cmd","docs":"","magic":255,"commands":["#,
        r#"{"name":"CMD_GET","docs":"","macro":"_IOR","nr":1,"number":2147614465,"#,
        r#""takes_value":false,"returns_value":true,"payload":{"int":"u8"}}]}}"#,
        "\n"
    );
    assert_eq!(str::from_utf8(&line), Ok(expected));
}

#[test]
fn a_function_is_a_line_of_json() {
    const ITEM: Item = Item::Function(&Function {
        name: "put",
        docs: "Puts.",
        is_rusts: true,
        export: Some(Export {
            gpl: true,
            namespace: "NS",
        }),
        params: &[
            ("at", <&mut [u8; 2]>::VALUE),
            ("from", <*const u16>::VALUE),
            ("mark", u8::VALUE),
            ("length", usize::VALUE),
        ],
        returns: bool::VALUE,
    });
    let line: [u8; line_len(ITEM)] = line(ITEM);
    let expected = concat!(
        r#"{"function":{"name":"put","docs":"Puts.","is_rusts":true,"#,
        r#""export":{"gpl":true,"namespace":"NS"},"params":["#,
        r#"{"name":"at","value":{"kind":"reference","#,
        r#""type":{"len":2,"array":{"int":"u8"}},"is_mut":true}},"#,
        r#"{"name":"from","value":{"kind":"pointer","type":{"int":"u16"},"is_mut":false}},"#,
        r#"{"name":"mark","value":{"kind":"plain","type":{"int":"u8"},"is_mut":false}},"#,
        r#"{"name":"length","value":{"kind":"usize","is_mut":false}}],"#,
        r#""returns":{"kind":"bool","is_mut":false}}}"#,
        "\n"
    );
    assert_eq!(str::from_utf8(&line), Ok(expected));
    const NONE: Item = Item::Function(&Function {
        name: "end",
        docs: "",
        is_rusts: false,
        export: None,
        params: &[],
        returns: Value::Void,
    });
    let line: [u8; line_len(NONE)] = super::line(NONE);
    let expected = concat!(
        r#"{"function":{"name":"end","docs":"","is_rusts":false,"params":[],"#,
        r#""returns":{"kind":"void","is_mut":false}}}"#,
        "\n"
    );
    assert_eq!(str::from_utf8(&line), Ok(expected));
}

#[test]
fn no_commands_are_still_json() {
    const ITEM: Item = Item::Commands(&Commands {
        name: "Cmd",
        docs: "",
        magic: 0,
        commands: &[],
    });
    let line: [u8; line_len(ITEM)] = line(ITEM);
    assert!(line.ends_with(b"\"magic\":0,\"commands\":[]}}\n"));
}

#[test]
fn a_module_and_its_files_are_lines_of_json() {
    const MODULE: Item = Item::Declaration(&Declaration {
        name: "ticket",
        description: "Hands out.",
        license: "GPL",
        authors: &["A", "B"],
        params: &[Parameter {
            name: "start",
            ty: "uint",
            docs: "First",
            default: "1",
            min: "",
            max: "9",
            mode: 0o444,
        }],
    });
    let line_of_module: [u8; line_len(MODULE)] = line(MODULE);
    let expected = concat!(
        r#"{"module":{"name":"ticket","description":"Hands out.","license":"GPL","#,
        r#""authors":["A","B"],"params":[{"name":"start","type":"uint","docs":"First","#,
        r#""default":"1","min":"","max":"9","mode":292}]}}"#,
        "\n"
    );
    assert_eq!(str::from_utf8(&line_of_module), Ok(expected));
    const FILE: Item = Item::Node(&Node {
        kind: "misc",
        class: "misc",
        name: "t",
        path: "/dev/t",
        is_of_device: false,
        mode: 0,
        docs: "",
    });
    let line_of_file: [u8; line_len(FILE)] = line(FILE);
    let expected = concat!(
        r#"{"file":{"kind":"misc","class":"misc","name":"t","path":"/dev/t","#,
        r#""is_of_device":false,"mode":0,"docs":""}}"#,
        "\n"
    );
    assert_eq!(str::from_utf8(&line_of_file), Ok(expected));
}
