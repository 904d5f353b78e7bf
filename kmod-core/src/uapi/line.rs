// SPDX-License-Identifier: GPL-2.0-only
//! A line of JSON of what is [described](super::describe), made by the compiler.

use super::describe::{
    Command, Commands, Declaration, Function, Item, Node, Parameter, Struct, TraceEvent, TraceKind,
    Tracepoint, Type, Value,
};

/// The length of an item's line.
pub const fn line_len(item: Item) -> usize {
    let mut line = Line::new(&mut []);
    line.item(item);
    line.len
}

/// An item's line.
pub const fn line<const N: usize>(item: Item) -> [u8; N] {
    let mut bytes = [0; N];
    Line::new(&mut bytes).item(item);
    bytes
}

/// Text that is written as far as there is room, and counted.
struct Line<'a> {
    to: &'a mut [u8],
    len: usize,
    last: u8,
}

impl<'a> Line<'a> {
    const fn new(to: &'a mut [u8]) -> Self {
        let (len, last) = (0, 0);
        Self { to, len, last }
    }

    const fn byte(&mut self, byte: u8) {
        if self.len < self.to.len() {
            self.to[self.len] = byte;
        }
        self.len += 1;
        self.last = byte;
    }

    const fn raw(&mut self, text: &str) {
        let mut rest = text.as_bytes();
        while let [byte, more @ ..] = rest {
            self.byte(*byte);
            rest = more;
        }
    }

    const fn string(&mut self, key: &str, text: &str) {
        self.key(key);
        self.text(text);
    }

    const fn text(&mut self, text: &str) {
        self.byte(b'"');
        let mut rest = text.as_bytes();
        while let [byte, more @ ..] = rest {
            match *byte {
                b'\n' => self.raw("\\n"),
                b'\t' => self.raw("\\t"),
                // Of the other control characters, none is worth keeping.
                0..=31 => self.byte(b' '),
                b'"' | b'\\' => {
                    self.byte(b'\\');
                    self.byte(*byte);
                }
                byte => self.byte(byte),
            }
            rest = more;
        }
        self.raw("\",");
    }

    const fn number(&mut self, key: &str, number: usize) {
        self.key(key);
        let mut unit = 1;
        while number / unit > 9 {
            unit *= 10;
        }
        while unit > 0 {
            self.byte(b'0' + (number / unit % 10) as u8);
            unit /= 10;
        }
        self.byte(b',');
    }

    const fn flag(&mut self, key: &str, flag: bool) {
        self.key(key);
        self.raw(if flag { "true," } else { "false," });
    }

    const fn key(&mut self, key: &str) {
        self.byte(b'"');
        self.raw(key);
        self.raw("\":");
    }

    /// Ends an object or a list, over the comma behind what was written last in it.
    const fn close(&mut self, bracket: u8) {
        if self.last == b',' {
            self.len -= 1;
        }
        self.byte(bracket);
        self.byte(b',');
    }

    /// The whole line: a type is as a field has it, all else behind a word for what it is.
    const fn item(&mut self, item: Item) {
        match item {
            Item::Declaration(module) => self.module(module),
            Item::Node(file) => self.file(file),
            Item::Struct(ty) => self.ty(&ty),
            Item::Commands(commands) => self.commands(commands),
            Item::Function(function) => self.function(function),
            Item::TraceEvent(event) => self.event(event),
            Item::Tracepoint(point) => self.tracepoint(point),
        }
        // Over the comma.
        self.len -= 1;
        self.byte(b'\n');
    }

    const fn module(&mut self, module: &Declaration) {
        self.raw("{\"module\":{");
        self.string("name", module.name);
        self.string("description", module.description);
        self.string("license", module.license);
        self.key("authors");
        self.byte(b'[');
        let mut authors = module.authors;
        while let [author, rest @ ..] = authors {
            self.text(author);
            authors = rest;
        }
        self.close(b']');
        self.key("params");
        self.byte(b'[');
        let mut params = module.params;
        while let [param, rest @ ..] = params {
            self.param(param);
            params = rest;
        }
        self.close(b']');
        self.close(b'}');
        self.close(b'}');
    }

    const fn param(&mut self, param: &Parameter) {
        self.byte(b'{');
        self.string("name", param.name);
        self.string("type", param.ty);
        self.string("docs", param.docs);
        self.string("default", param.default);
        self.string("min", param.min);
        self.string("max", param.max);
        self.number("mode", param.mode as usize);
        self.close(b'}');
    }

    const fn file(&mut self, file: &Node) {
        self.raw("{\"file\":{");
        self.string("kind", file.kind);
        self.string("class", file.class);
        self.string("name", file.name);
        self.string("path", file.path);
        self.flag("is_of_device", file.is_of_device);
        self.number("mode", file.mode as usize);
        self.string("docs", file.docs);
        self.close(b'}');
        self.close(b'}');
    }

    const fn structure(&mut self, structure: &Struct) {
        self.byte(b'{');
        self.string("name", structure.name);
        self.string("rust_name", structure.rust_name);
        self.string("docs", structure.docs);
        self.number("size", structure.size);
        self.key("fields");
        self.byte(b'[');
        let mut fields = structure.fields;
        while let [field, rest @ ..] = fields {
            self.byte(b'{');
            self.string("name", field.name);
            self.string("rust_name", field.rust_name);
            self.string("docs", field.docs);
            self.number("offset", field.offset);
            self.key("type");
            self.ty(&field.ty);
            self.close(b'}');
            fields = rest;
        }
        self.close(b']');
        self.close(b'}');
    }

    const fn ty(&mut self, ty: &Type) {
        self.byte(b'{');
        match *ty {
            Type::Int { name } => self.string("int", name),
            Type::Array { of, len } => {
                self.number("len", len);
                self.key("array");
                self.ty(of);
            }
            Type::Struct { of } => {
                self.key("struct");
                self.structure(of);
            }
        }
        self.close(b'}');
    }

    const fn commands(&mut self, commands: &Commands) {
        self.raw("{\"commands\":{");
        self.string("name", commands.name);
        self.string("docs", commands.docs);
        self.number("magic", commands.magic as usize);
        self.key("commands");
        self.byte(b'[');
        let mut rest = commands.commands;
        while let [command, more @ ..] = rest {
            self.command(command);
            rest = more;
        }
        self.close(b']');
        self.close(b'}');
        self.close(b'}');
    }

    const fn command(&mut self, command: &Command) {
        self.byte(b'{');
        self.string("name", command.name);
        self.string("docs", command.docs);
        self.string("macro", command.macro_name);
        self.number("nr", command.nr as usize);
        self.number("number", command.number as usize);
        self.flag("takes_value", command.takes_value);
        self.flag("returns_value", command.returns_value);
        if let Some(payload) = &command.payload {
            self.key("payload");
            self.ty(payload);
        }
        self.close(b'}');
    }

    const fn function(&mut self, function: &Function) {
        self.raw("{\"function\":{");
        self.string("name", function.name);
        self.string("docs", function.docs);
        self.flag("is_rusts", function.is_rusts);
        if let Some(export) = &function.export {
            self.key("export");
            self.byte(b'{');
            self.flag("gpl", export.gpl);
            self.string("namespace", export.namespace);
            self.close(b'}');
        }
        self.key("params");
        self.byte(b'[');
        let mut rest = function.params;
        while let [(name, value), more @ ..] = rest {
            self.byte(b'{');
            self.string("name", name);
            self.key("value");
            self.value(value);
            self.close(b'}');
            rest = more;
        }
        self.close(b']');
        self.key("returns");
        self.value(&function.returns);
        self.close(b'}');
        self.close(b'}');
    }

    const fn event(&mut self, event: &TraceEvent) {
        self.raw("{\"event\":{");
        self.string("name", event.name);
        self.string("place", event.place);
        self.key("fields");
        self.byte(b'[');
        let mut fields = event.fields;
        while let [field, rest @ ..] = fields {
            self.byte(b'{');
            self.string("name", field.name);
            match field.kind {
                TraceKind::Value { ty } => self.string("type", ty),
                TraceKind::Array { ty, size, len } => {
                    self.string("array", ty);
                    self.number("size", size);
                    self.number("len", len);
                }
                TraceKind::Text => self.flag("text", true),
            }
            self.close(b'}');
            fields = rest;
        }
        self.close(b']');
        self.close(b'}');
        self.close(b'}');
    }

    const fn tracepoint(&mut self, point: &Tracepoint) {
        self.raw("{\"tracepoint\":{");
        self.string("name", point.name);
        self.string("header", point.header);
        self.string("place", point.place);
        self.close(b'}');
        self.close(b'}');
    }

    const fn value(&mut self, value: &Value) {
        let (kind, ty, is_mut) = match value {
            Value::Void => ("void", None, false),
            Value::Bool => ("bool", None, false),
            Value::Size { name } => (*name, None, false),
            Value::Plain { ty } => ("plain", Some(ty), false),
            Value::Reference { to, is_mut } => ("reference", Some(to), *is_mut),
            Value::Pointer { to, is_mut } => ("pointer", Some(to), *is_mut),
        };
        self.byte(b'{');
        self.string("kind", kind);
        if let Some(ty) = ty {
            self.key("type");
            self.ty(ty);
        }
        self.flag("is_mut", is_mut);
        self.close(b'}');
    }
}
