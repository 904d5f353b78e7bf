// SPDX-License-Identifier: GPL-2.0-only
//! An instance: a struct with attributed fields, at a place where it stays. What holds of every one
//! is here; what only a module has is in `kernel_module`.

pub mod check;
pub mod clashes;
pub mod expand;
pub mod parse;
pub mod shape;
pub mod statics;

use syn::{Attribute, Ident, ItemStruct, Type};

use crate::errors::Errors;
use crate::objects::{ClassDevice, Object};

/// What an instance is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The one of its crate, under `#[kernel_module]`.
    Module,
    /// One of as many as a driver has found.
    Device,
    /// One of as many as there are open files, under `#[per_open]`.
    PerOpen,
}

impl Kind {
    /// The attribute of its struct.
    pub fn attribute(self) -> &'static str {
        match self {
            Kind::Module => "kernel_module",
            Kind::Device => "device",
            Kind::PerOpen => "per_open",
        }
    }

    /// What its struct is called.
    pub fn what(self) -> &'static str {
        match self {
            Kind::Module => "module struct",
            Kind::Device => "device struct",
            Kind::PerOpen => "struct of an open file",
        }
    }

    /// How long there is one.
    pub fn life(self) -> &'static str {
        match self {
            Kind::Module => "the kernel holds one, from `insmod` to `rmmod`",
            Kind::Device => "the kernel holds one for each device, from `probe` on",
            Kind::PerOpen => "the kernel holds one for each open file, from `open` on",
        }
    }
}

/// Those of the fields that are files of this field's device.
pub fn files<'a>(fields: &'a [Field], device: &'a Ident) -> impl Iterator<Item = &'a Field> {
    fields.iter().filter(move |field| {
        let object = field.object.as_deref();
        !field.refused && object.and_then(Object::of) == Some(device)
    })
}

/// The struct of an instance.
pub struct Instance {
    /// What it is of.
    pub kind: Kind,
    /// The struct, without our attributes.
    pub item: ItemStruct,
    /// The fields, in their order.
    pub fields: Vec<Field>,
    /// The struct is of a shape that it cannot have: only the struct itself is emitted.
    pub misshapen: bool,
}

/// A field of an instance.
pub struct Field {
    /// Its name.
    pub ident: Ident,
    /// What the instance is of.
    pub kind: Kind,
    /// Its type, as it may stand outside the struct.
    pub ty: Type,
    /// The `#[cfg]`s under which it is there.
    pub cfgs: Vec<Attribute>,
    /// What its doc comment says.
    pub docs: String,
    /// The kernel object that it is.
    pub object: Option<Box<dyn Object>>,
    /// Its attribute and that one's keys, as they were written.
    pub written: Vec<Ident>,
    /// The object was refused and is not emitted.
    pub refused: bool,
}

impl Instance {
    /// Reads the struct of an instance that has nothing but its fields, and applies the rules.
    pub fn of(kind: Kind, item: ItemStruct, errors: &mut Errors) -> Self {
        let mut instance = parse::parse(kind, item, errors);
        shape::check(&mut instance, errors);
        check::check(&mut instance, errors);
        instance
    }

    /// The fields that are files of this field's device.
    pub fn files<'a>(&'a self, device: &'a Ident) -> impl Iterator<Item = &'a Field> {
        files(&self.fields, device)
    }

    /// The folder in sysfs of this field's device.
    pub fn folder(&self, device: &Ident) -> Option<String> {
        let field = self.fields.iter().find(|field| field.ident == *device)?;
        match field.object.as_deref()?.class_device(self.kind)? {
            ClassDevice::One(class, name) => Some(format!("/sys/class/{class}/{name}")),
            ClassDevice::Several => None,
        }
    }

    /// The objects, whether they were refused or not, in field order.
    pub fn objects(&self) -> impl Iterator<Item = &dyn Object> {
        let objects = self.fields.iter();
        objects.filter_map(|field| field.object.as_deref())
    }
}
