// SPDX-License-Identifier: GPL-2.0-only
//! `#[chrdev]`

use crate::syntax::{Number, Text};

/// A field under `#[chrdev]`.
#[derive(Debug)]
pub struct Chrdev {
    /// `name`, or the field's.
    pub name: Text,
    /// `nodename`.
    pub nodename: Option<Text>,
    /// `class`.
    pub class: Option<Text>,
    /// Whether another device of the module has this class, too.
    pub shares_class: bool,
    /// `mode`.
    pub mode: Option<Number>,
    /// The numbers.
    pub numbers: Numbers,
}

impl Chrdev {
    /// The class's name.
    pub fn class_name(&self) -> &str {
        &self.class.as_ref().unwrap_or(&self.name).value
    }
}

/// Device numbers, as far as they were given.
#[derive(Debug)]
pub struct Numbers {
    /// `major`.
    pub major: Option<Number>,
    /// `first_minor`.
    pub first_minor: Option<Number>,
    /// `minors`.
    pub minors: Option<Number>,
}
