// SPDX-License-Identifier: GPL-2.0-only
//! What userspace is told.

use super::{Command, Commands, Field, Item, Struct, Type, Uapi, line, line_len};
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
