// SPDX-License-Identifier: GPL-2.0-only
//! What the lines say: the forms are those of `kmod-core/src/uapi/line.rs`.

use crate::error::{host, unfit};
use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

/// All that a module shares, with userspace or between its C and its Rust.
#[derive(Debug, Default)]
pub struct Described {
    /// The module itself, in what is compiled for the host.
    pub module: Option<Module>,
    /// The files by which its objects are used, by path.
    pub files: Vec<File>,
    /// The structs; one comes after those that it holds.
    pub structs: Vec<Struct>,
    /// The sets of commands, by name.
    pub commands: Vec<Commands>,
    /// The functions, by name.
    pub functions: Vec<Function>,
    /// The trace events, by name.
    pub events: Vec<Event>,
    /// The kernel's tracepoints that have handlers.
    pub tracepoints: Vec<Tracepoint>,
}

/// A line.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    Module(Module),
    File(File),
    Struct(Struct),
    Commands(Commands),
    Function(Function),
    Event(Event),
    Tracepoint(Tracepoint),
}

/// A module.
#[derive(Clone, Debug, Deserialize)]
pub struct Module {
    pub name: String,
    pub description: String,
    pub license: String,
    pub authors: Vec<String>,
    pub params: Vec<ModuleParam>,
}

/// A module's parameter. What cannot be told without running code is empty.
#[derive(Clone, Debug, Deserialize)]
pub struct ModuleParam {
    pub name: String,
    pub r#type: String,
    pub docs: String,
    pub default: String,
    pub min: String,
    pub max: String,
    /// Of its file in sysfs; 0 if there is none.
    pub mode: u16,
}

/// A file by which an object of the module's is used.
#[derive(Clone, Debug, Deserialize)]
pub struct File {
    /// The object's attribute.
    pub kind: String,
    /// Of a device, its class in sysfs.
    pub class: String,
    /// Of a device, its name in that class.
    pub name: String,
    /// Where it is, with [`INDEX`] for a number.
    pub path: String,
    /// Whether each `#[device]` has one.
    pub is_of_device: bool,
    /// 0 for the kernel's own.
    pub mode: u16,
    pub docs: String,
}

/// What stands for a device's number.
pub const INDEX: &str = "{index}";

impl File {
    /// Whether it is a node in `/dev`.
    pub fn is_device(&self) -> bool {
        !self.class.is_empty()
    }
}

/// A function between C and Rust.
#[derive(Debug, Deserialize)]
pub struct Function {
    pub name: String,
    pub docs: String,
    /// Whether C calls it; else Rust does.
    pub is_rusts: bool,
    /// That other modules call it.
    pub export: Option<Export>,
    pub params: Vec<Param>,
    pub returns: Value,
}

/// How a function is exported.
#[derive(Debug, Deserialize)]
pub struct Export {
    pub gpl: bool,
    /// Empty for none.
    pub namespace: String,
}

/// A function's parameter.
#[derive(Debug, Deserialize)]
pub struct Param {
    pub name: String,
    pub value: Value,
}

/// A value that C and Rust pass each other.
#[derive(Debug, Deserialize)]
pub struct Value {
    pub kind: Kind,
    /// Of what is passed as it is, referred or pointed to.
    pub r#type: Option<Type>,
    pub is_mut: bool,
}

/// How a value is passed.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Void,
    Bool,
    Usize,
    Isize,
    Plain,
    Reference,
    Pointer,
}

/// A trace event.
#[derive(Debug, Deserialize)]
pub struct Event {
    pub name: String,
    /// Where it stands in the source.
    pub place: String,
    pub fields: Vec<EventField>,
}

/// A tracepoint of the kernel's that has a handler.
#[derive(Debug, Deserialize)]
pub struct Tracepoint {
    pub name: String,
    /// Empty if it is to be found.
    pub header: String,
    /// Where the handler stands in the source.
    pub place: String,
}

impl Event {
    /// What tracers call it, in the system that is called as the module.
    pub fn full_name(&self, module: &Module) -> String {
        format!("{}_{}", module.name, self.name)
    }
}

/// A field of one.
#[derive(Debug, Deserialize)]
pub struct EventField {
    pub name: String,
    #[serde(flatten)]
    pub kind: EventKind,
}

/// What a field of a trace event is, by C's types.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum EventKind {
    Value {
        r#type: String,
    },
    Array {
        array: String,
        /// Of an element.
        size: usize,
        len: usize,
    },
    Text {
        #[expect(dead_code, reason = "it is there, which is all that it says")]
        text: bool,
    },
}

/// A shared type.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(untagged)]
pub enum Type {
    /// An integer, by Rust's name.
    Int { int: String },
    /// An array.
    Array { len: usize, array: Box<Type> },
    /// A struct.
    Struct { r#struct: Struct },
}

/// A shared struct.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Struct {
    pub name: String,
    pub rust_name: String,
    pub docs: String,
    pub size: usize,
    pub fields: Vec<Field>,
}

/// A field of a shared struct.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Field {
    pub name: String,
    pub rust_name: String,
    pub docs: String,
    pub offset: usize,
    pub r#type: Type,
}

/// A set of commands.
#[derive(Debug, Deserialize)]
pub struct Commands {
    pub name: String,
    pub docs: String,
    pub magic: u8,
    pub commands: Vec<Command>,
}

/// A command.
#[derive(Debug, Deserialize)]
pub struct Command {
    pub name: String,
    pub docs: String,
    pub r#macro: String,
    pub nr: u8,
    pub number: u32,
    pub takes_value: bool,
    pub returns_value: bool,
    pub payload: Option<Type>,
}

impl Type {
    /// The element of an array of arrays, or the type itself.
    pub fn element(&self) -> &Type {
        match self {
            Type::Array { array, .. } => array.element(),
            other => other,
        }
    }

    /// The lengths of an array of arrays, the outermost first.
    pub fn lengths(&self) -> Vec<usize> {
        match self {
            Type::Array { len, array } => [vec![*len], array.lengths()].concat(),
            _ => Vec::new(),
        }
    }
}

impl Described {
    /// Puts lines in an order that depends on nothing but what they say.
    pub fn of(lines: &str) -> Result<Described> {
        let mut structs = BTreeMap::new();
        let mut commands = BTreeMap::new();
        let mut functions = BTreeMap::new();
        let mut events = BTreeMap::new();
        let mut described = Described::default();
        for line in lines.lines() {
            let line = serde_json::from_str(line)
                .with_context(|| format!("this kmod-core writes what is not understood: {line}"))?;
            match line {
                Line::Module(found) => described.module = Some(found),
                Line::File(found) => described.files.push(found),
                Line::Struct(found) => collect(&found, &mut structs)?,
                Line::Commands(found) => {
                    let payloads = found.commands.iter();
                    for payload in payloads.filter_map(|command| command.payload.as_ref()) {
                        collect_type(payload, &mut structs)?;
                    }
                    commands.insert(found.name.clone(), found);
                }
                Line::Tracepoint(found) => described.tracepoints.push(found),
                Line::Event(found) => {
                    let (name, place) = (found.name.clone(), found.place.clone());
                    if let Some(other) = events.insert(name.clone(), found) {
                        let Event { place: other, .. } = other;
                        bail!(
                            unfit(format!(
                                "{place}: the trace event of {other} is called `{name}`, too"
                            ))
                            .help("give one of the structs another name")
                        );
                    }
                }
                Line::Function(found) => {
                    let params = found.params.iter().map(|param| &param.value);
                    let values = params.chain([&found.returns]);
                    for ty in values.filter_map(|value| value.r#type.as_ref()) {
                        collect_type(ty, &mut structs)?;
                    }
                    let name = found.name.clone();
                    if functions.insert(name.clone(), found).is_some() {
                        bail!(
                            host(format!("two functions between C and Rust are {name}"))
                                .help("give one of them another name")
                        );
                    }
                }
            }
        }
        described.complete_paths();
        for found in structs.values() {
            described.push(found);
        }
        described.commands = commands.into_values().collect();
        described.functions = functions.into_values().collect();
        described.events = events.into_values().collect();
        described.no_name_twice()?;
        Ok(described)
    }

    /// Where the nodes are, or all other files, those of parameters among them; [`INDEX`] stands for a number. Not told
    /// are a device's files in sysfs, which lie where its bus has it.
    pub fn paths(&self, is_node: bool) -> Vec<String> {
        let of_objects = self.files.iter();
        let of_objects = of_objects
            .filter(|file| file.is_device() == is_node && !file.path.contains("..."))
            .map(|file| file.path.clone());
        let modules = self.module.iter().filter(|_| !is_node);
        let of_params = modules.flat_map(|module| {
            let params = module.params.iter().filter(|param| param.mode != 0);
            params.map(|param| format!("/sys/module/{}/parameters/{}", module.name, param.name))
        });
        of_objects.chain(of_params).collect()
    }

    /// Says of files in sysfs in which folder they are, and sorts all.
    fn complete_paths(&mut self) {
        let module = self.module.as_ref().map_or("", |module| &*module.name);
        for file in &mut self.files {
            if !file.path.starts_with('/') {
                let folder = match file.is_of_device {
                    true => "/sys/devices/...",
                    false => &format!("/sys/module/{module}"),
                };
                file.path = format!("{folder}/{}", file.path);
            }
        }
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
    }

    /// Adds a struct behind those that it holds.
    fn push(&mut self, found: &Struct) {
        if self.structs.contains(found) {
            return;
        }
        for field in &found.fields {
            if let Type::Struct { r#struct } = field.r#type.element() {
                self.push(r#struct);
            }
        }
        self.structs.push(found.clone());
    }

    fn no_name_twice(&self) -> Result<()> {
        let mut names: Vec<&str> = self
            .commands
            .iter()
            .flat_map(|commands| &commands.commands)
            .map(|command| command.name.as_str())
            .collect();
        names.sort_unstable();
        if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            bail!(
                host(format!("two commands are {} in C", twice[0]))
                    .help("give one of their enums another `prefix`")
            );
        }
        Ok(())
    }
}

fn collect(found: &Struct, structs: &mut BTreeMap<String, Struct>) -> Result<()> {
    for field in &found.fields {
        collect_type(&field.r#type, structs)?;
    }
    match structs.insert(found.name.clone(), found.clone()) {
        Some(other) if other != *found => bail!(
            host(format!("two structs are `struct {}` in C", found.name))
                .help("give one of them another name")
        ),
        _ => Ok(()),
    }
}

fn collect_type(ty: &Type, structs: &mut BTreeMap<String, Struct>) -> Result<()> {
    match ty.element() {
        Type::Struct { r#struct } => collect(r#struct, structs),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INNER: &str = r#"{"struct":{"name":"z","rust_name":"Z","docs":"","size":1,"fields":[{"name":"a","rust_name":"a","docs":"","offset":0,"type":{"int":"u8"}}]}}"#;
    const OUTER: &str = r#"{"struct":{"name":"a","rust_name":"A","docs":"","size":2,"fields":[{"name":"z","rust_name":"z","docs":"","offset":0,"type":{"len":2,"array":INNER}}]}}"#;

    fn outer() -> String {
        OUTER.replace("INNER", INNER)
    }

    #[test]
    fn a_struct_comes_after_those_that_it_holds() {
        for lines in [
            format!("{}\n{INNER}\n", outer()),
            format!("{INNER}\n{}\n", outer()),
            outer(),
        ] {
            let described = Described::of(&lines).unwrap();
            let names: Vec<&str> = described.structs.iter().map(|s| s.name.as_str()).collect();
            assert_eq!(names, ["z", "a"]);
        }
    }

    #[test]
    fn two_of_one_name_are_refused() {
        let other = INNER.replace("u8", "i8");
        let error = Described::of(&format!("{INNER}\n{other}\n")).unwrap_err();
        assert!(error.to_string().contains("two structs are `struct z`"));
        assert!(Described::of(&format!("{INNER}\n{INNER}\n")).is_ok());
        let command = r#"{"name":"C_GET","docs":"","macro":"_IO","nr":1,"number":1,"takes_value":false,"returns_value":false}"#;
        let commands = |name| {
            format!(
                r#"{{"commands":{{"name":"{name}","docs":"","magic":1,"commands":[{command}]}}}}"#
            )
        };
        let error = Described::of(&format!("{}\n{}\n", commands("A"), commands("B"))).unwrap_err();
        assert!(error.to_string().contains("two commands are C_GET"));
    }
}
