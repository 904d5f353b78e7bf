// SPDX-License-Identifier: GPL-2.0-only
//! The description for programs: one JSON object, whose schema is `docs/glue.schema.json`.

use serde_json::{Map, Value, json};

use crate::uapi::{
    Command, Described, Event, EventKind, File, Function, Module, ModuleParam, Struct, Type,
    declaration,
};

/// The number of the schema that it keeps to.
const SCHEMA: u32 = 1;

/// The description.
pub fn description(module: &Module, described: &Described, version: &str) -> String {
    let commands = described.commands.iter().flat_map(|set| &set.commands);
    let value = json!({
        "schema": SCHEMA,
        "name": module.name,
        "version": version,
        "description": module.description,
        "license": module.license,
        "authors": module.authors,
        "params": module.params.iter().map(param).collect::<Value>(),
        "files": described.files.iter().map(file).collect::<Value>(),
        "structs": described.structs.iter().map(structure).collect::<Value>(),
        "ioctls": commands.map(command).collect::<Value>(),
        "events": described.events.iter().map(|found| event(module, found)).collect::<Value>(),
        "exports": described.functions.iter().filter_map(export).collect::<Value>(),
    });
    format!("{value:#}\n")
}

/// The pairs whose values are there.
fn object<const N: usize>(pairs: [(&str, Value); N]) -> Value {
    let there = pairs.into_iter().filter(|(_, value)| !value.is_null());
    let there = there.map(|(key, value)| (key.to_owned(), value));
    Value::Object(there.collect::<Map<_, _>>())
}

/// A text; nothing for an empty one.
fn text(text: &str) -> Value {
    match text {
        "" => Value::Null,
        text => text.into(),
    }
}

fn mode(mode: u16) -> Value {
    match mode {
        0 => Value::Null,
        mode => format!("{mode:04o}").into(),
    }
}

fn param(param: &ModuleParam) -> Value {
    object([
        ("name", param.name.clone().into()),
        ("type", param.r#type.clone().into()),
        ("docs", text(&param.docs)),
        ("default", text(&param.default)),
        ("min", text(&param.min)),
        ("max", text(&param.max)),
        ("mode", mode(param.mode)),
    ])
}

fn file(file: &File) -> Value {
    object([
        ("kind", file.kind.clone().into()),
        ("path", file.path.clone().into()),
        ("class", text(&file.class)),
        ("device", text(&file.name)),
        ("of_device", file.is_of_device.into()),
        ("mode", mode(file.mode)),
        ("docs", text(&file.docs)),
    ])
}

fn structure(found: &Struct) -> Value {
    let fields = found.fields.iter().map(|field| {
        object([
            ("name", field.name.clone().into()),
            ("docs", text(&field.docs)),
            ("offset", field.offset.into()),
            ("type", of_type(&field.r#type)),
        ])
    });
    object([
        ("name", found.name.clone().into()),
        ("docs", text(&found.docs)),
        ("size", found.size.into()),
        ("fields", fields.collect()),
    ])
}

/// An integer by Rust's name or a struct by C's, and the lengths of an array of it, the outermost first.
fn of_type(ty: &Type) -> Value {
    let (key, name) = match ty.element() {
        Type::Struct { r#struct } => ("struct", &r#struct.name),
        Type::Int { int } => ("int", int),
        Type::Array { .. } => unreachable!("an array's element is none"),
    };
    let lengths = match ty.lengths() {
        none if none.is_empty() => Value::Null,
        lengths => lengths.into(),
    };
    object([(key, name.clone().into()), ("lengths", lengths)])
}

fn command(command: &Command) -> Value {
    let payload = command.payload.as_ref().map_or(Value::Null, of_type);
    object([
        ("name", command.name.clone().into()),
        ("docs", text(&command.docs)),
        ("number", command.number.into()),
        ("macro", command.r#macro.clone().into()),
        ("takes_value", command.takes_value.into()),
        ("returns_value", command.returns_value.into()),
        ("payload", payload),
    ])
}

fn event(module: &Module, event: &Event) -> Value {
    let fields = event.fields.iter().map(|field| {
        let (ty, length) = match &field.kind {
            EventKind::Value { r#type } => (r#type.as_str(), Value::Null),
            EventKind::Array { array, len, .. } => (array.as_str(), (*len).into()),
            EventKind::Text { .. } => ("text", Value::Null),
        };
        object([
            ("name", field.name.clone().into()),
            ("type", ty.into()),
            ("length", length),
        ])
    });
    object([
        ("system", module.name.clone().into()),
        ("name", event.full_name(module).into()),
        ("fields", fields.collect()),
    ])
}

fn export(function: &Function) -> Option<Value> {
    let export = function.export.as_ref()?;
    Some(object([
        ("name", function.name.clone().into()),
        ("docs", text(&function.docs)),
        ("declaration", declaration(function).into()),
        ("gpl", export.gpl.into()),
        ("namespace", text(&export.namespace)),
    ]))
}
