// SPDX-License-Identifier: GPL-2.0-only
//! How many bytes a file of bytes has: the key `size`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::errors::Errors;
use crate::syntax::Number;
use crate::syntax::args::{Args, Key};

/// The key.
pub const SIZE: Key = Key {
    name: "size",
    example: "size = 256",
    meaning: "how many bytes it has: `stat(2)` says so, and the kernel lets nobody read or write behind them",
    default: "that of an array; else it is not known, `stat(2)` says 0, and who reads goes on until the handler \
              gives nothing",
    also: &["len", "length", "bytes"],
};

/// What a file can have at most: a position is an `i64`.
const SIZE_MAX: u128 = i64::MAX as u128;

/// What the key says.
pub struct FileSize(Number);

impl FileSize {
    /// Reads the entry.
    pub fn parse(args: &mut Args, errors: &mut Errors) -> Option<Self> {
        args.number("size", errors).map(Self)
    }

    /// Applies the rules.
    pub fn check(&self, errors: &mut Errors) {
        let rule = match self.0.value {
            0 => "a file of 0 bytes would be one whose size is not known",
            1..=SIZE_MAX => return,
            _ => "a file has fewer bytes than that",
        };
        let help = "leave the key out, or write how many bytes there are: `size = 256`";
        errors.at(self.0.span, rule, help);
    }

    /// The constant of the field's trait that says it.
    pub fn expand(&self) -> TokenStream {
        let size = Literal::u128_unsuffixed(self.0.value);
        quote! {
            const SIZE: ::core::option::Option<::core::primitive::usize> =
                ::core::option::Option::Some(#size);
        }
    }
}
