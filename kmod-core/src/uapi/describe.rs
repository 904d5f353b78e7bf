// SPDX-License-Identifier: GPL-2.0-only
//! What `cargo kmod uapi` and `cargo kmod glue` are told: a line of JSON for the module, each of its files,
//! each struct and each set of commands, in the section `.kmod.uapi` of what is compiled for the host. A
//! kernel module has none of it.
//!
//! Of each [function between C and Rust](crate::c), and of each [trace event](crate::trace), there is a
//! line in the section `.kmod.c` of what is compiled for the kernel; the link drops it.
//!
//! The compiler makes the lines, so that aliases and constants are resolved as it resolves them.

/// A shared type.
#[derive(Clone, Copy)]
pub enum Type {
    /// An integer, by Rust's name.
    Int { name: &'static str },
    /// An array.
    Array { of: &'static Type, len: usize },
    /// A struct.
    Struct { of: &'static Struct },
}

/// A shared struct.
pub struct Struct {
    /// C's name.
    pub name: &'static str,
    pub rust_name: &'static str,
    pub docs: &'static str,
    pub size: usize,
    pub fields: &'static [Field],
}

/// A field of a shared struct.
pub struct Field {
    /// C's name.
    pub name: &'static str,
    pub rust_name: &'static str,
    pub docs: &'static str,
    pub offset: usize,
    pub ty: Type,
}

/// The commands of a device.
pub struct Commands {
    pub name: &'static str,
    pub docs: &'static str,
    pub magic: u8,
    pub commands: &'static [Command],
}

/// One command. `name` is C's, with the prefix; `number` is what `ioctl(2)` is given.
pub struct Command {
    pub name: &'static str,
    pub docs: &'static str,
    /// `_IO`, `_IOR`, `_IOW` or `_IOWR`.
    pub macro_name: &'static str,
    pub nr: u8,
    pub number: u32,
    pub payload: Option<Type>,
    /// The argument of `_IO` is a number.
    pub takes_value: bool,
    /// What `ioctl(2)` returns is a number.
    pub returns_value: bool,
}

/// A function between C and Rust.
pub struct Function {
    pub name: &'static str,
    pub docs: &'static str,
    /// Whether C calls it; else Rust does.
    pub is_rusts: bool,
    /// That other modules call it.
    pub export: Option<Export>,
    /// The parameters' names and types.
    pub params: &'static [(&'static str, Value)],
    /// What it returns.
    pub returns: Value,
}

/// How a function is exported.
pub struct Export {
    /// Only to modules of a licence that is compatible with the GPL.
    pub gpl: bool,
    /// The namespace that they import; empty for none.
    pub namespace: &'static str,
}

/// A value that C and Rust pass each other.
#[derive(Clone, Copy)]
pub enum Value {
    /// None.
    Void,
    /// A truth value.
    Bool,
    /// An integer as large as a pointer, by Rust's name.
    Size { name: &'static str },
    /// Of so many bits.
    Plain { ty: Type },
    /// A place where there is a value.
    Reference { to: Type, is_mut: bool },
    /// An address.
    Pointer { to: Type, is_mut: bool },
}

/// What a module is declared as.
pub struct Declaration {
    pub name: &'static str,
    pub description: &'static str,
    pub license: &'static str,
    pub authors: &'static [&'static str],
    pub params: &'static [Parameter],
}

/// A module's parameter. What cannot be told without running code is empty.
pub struct Parameter {
    pub name: &'static str,
    /// As `modinfo` shows it.
    pub ty: &'static str,
    pub docs: &'static str,
    /// As it would be typed.
    pub default: &'static str,
    pub min: &'static str,
    pub max: &'static str,
    /// Of its file in sysfs.
    pub mode: u16,
}

/// A file by which userspace uses an object of the module's.
pub struct Node {
    /// The object's attribute.
    pub kind: &'static str,
    /// Of a device, its class in sysfs.
    pub class: &'static str,
    /// Of a device, its name in that class.
    pub name: &'static str,
    /// Where it is; `{index}` stands for a number. In sysfs, it is one in the folder of the module or the device.
    pub path: &'static str,
    /// Whether each `#[device]` has one.
    pub is_of_device: bool,
    /// 0 for the kernel's own.
    pub mode: u16,
    pub docs: &'static str,
}

/// A trace event, and where it stands in the source.
pub struct TraceEvent {
    pub name: &'static str,
    pub place: &'static str,
    pub fields: &'static [TraceField],
}

/// A field of one.
pub struct TraceField {
    pub name: &'static str,
    pub kind: TraceKind,
}

/// What a field of a trace event is.
#[derive(Clone, Copy)]
pub enum TraceKind {
    /// A value of that type of C's.
    Value { ty: &'static str },
    /// As many of that type, each of that size.
    Array {
        ty: &'static str,
        size: usize,
        len: usize,
    },
    /// A text.
    Text,
}

/// A tracepoint of the kernel's that has a handler, and where that stands in the source. The header is empty if it
/// is to be found.
pub struct Tracepoint {
    pub name: &'static str,
    pub header: &'static str,
    pub place: &'static str,
}

/// What a line is of.
#[derive(Clone, Copy)]
pub enum Item {
    /// The module.
    Declaration(&'static Declaration),
    /// A file.
    Node(&'static Node),
    /// A struct.
    Struct(Type),
    /// Commands.
    Commands(&'static Commands),
    /// A function.
    Function(&'static Function),
    /// A trace event.
    TraceEvent(&'static TraceEvent),
    /// A tracepoint that has a handler.
    Tracepoint(&'static Tracepoint),
}
