// SPDX-License-Identifier: GPL-2.0-only
//! Enums that parameters can be.

use syn::{Ident, ItemEnum};

use super::Text;

/// An enum under `#[derive(ParamEnum)]`.
pub struct ParamEnum {
    /// The enum.
    pub item: ItemEnum,
    /// Its variants, in their order.
    pub variants: Vec<Variant>,
}

/// A variant.
pub struct Variant {
    /// The variant itself.
    pub ident: Ident,
    /// Its name for `insmod`.
    pub name: Text,
}
