// SPDX-License-Identifier: GPL-2.0-only
//! `#[kernel_module]`: what was written, typed, each part with the place where it stands.

pub mod check;
pub mod expand;
mod info;
mod licence;
mod modinfo;
mod name;
mod panic;
pub mod parse;
mod told;

#[cfg(test)]
pub use modinfo::escaped;

use syn::Ident;

use crate::instance::Instance;
use crate::params::Param;
use crate::syntax::Text;

/// A struct under `#[kernel_module]`.
pub struct Module {
    /// The struct and its objects.
    pub instance: Instance,
    /// `name`.
    pub name: Option<Text>,
    /// `license`.
    pub license: Option<Text>,
    /// `authors`.
    pub authors: Vec<Text>,
    /// `description`, or what the struct's doc comment says.
    pub description: Option<Text>,
    /// `version`.
    pub version: Option<Text>,
    /// `alias`.
    pub aliases: Vec<Text>,
    /// `softdep`.
    pub softdep: Option<Text>,
    /// `firmware`.
    pub firmware: Vec<Text>,
    /// `import_ns`.
    pub import_ns: Vec<Text>,
    /// `panic`.
    pub panic: Option<Text>,
    /// `params`.
    pub params: Vec<Param>,
    /// The attribute and its keys, as they were written.
    pub written: Vec<Ident>,
}
