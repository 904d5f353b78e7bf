// SPDX-License-Identifier: GPL-2.0-only
//! Files in the kernel's own file systems: rules of their paths and modes, and what is made of them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Site;
use crate::errors::Errors;
use crate::rules::names::FILE_NAME_MAX;
use crate::rules::perm::octal;
use crate::syntax::{Number, Text};
use crate::tokens::{self, c_str, call_at, option};

/// What stands for a device's number.
pub const INDEX: &str = "{index}";

/// A path below `root`, which ends with a `/`.
pub fn path(of: &str, root: &str, path: &Text, errors: &mut Errors) {
    let Text { value, span } = path;
    let mut refuse = |rule: String, help: String| errors.at(*span, rule, help);
    if let Some(below) = value.strip_prefix(root) {
        refuse(
            format!(
                "a {of}'s path begins below `{}`",
                root.trim_end_matches('/')
            ),
            format!("write `\"{below}\"`"),
        );
    } else if value.starts_with('/') || value.ends_with('/') {
        refuse(
            format!("a {of}'s path neither begins nor ends with `/`"),
            format!("write `\"{}\"`", value.trim_matches('/')),
        );
    } else if value.split('/').any(str::is_empty) {
        refuse(
            format!("two `/` of a {of}'s path have a name between them"),
            "leave one of them out".to_owned(),
        );
    } else if value.split('/').any(|part| part == "." || part == "..") {
        refuse(
            format!("a {of}'s path goes down only"),
            "name the folder itself, without `.` and `..`".to_owned(),
        );
    } else if value.contains(|c: char| !c.is_ascii_graphic()) {
        refuse(
            format!("a {of}'s path is made of visible ASCII characters"),
            format!(
                "write `\"{}\"`",
                value.replace(|c: char| !c.is_ascii_graphic(), "_")
            ),
        );
    } else if value.split('/').any(|part| part.len() > FILE_NAME_MAX) {
        refuse(
            format!("a file's name has at most {FILE_NAME_MAX} characters"),
            "shorten it".to_owned(),
        );
    }
}

/// The mode of a file that is a window on the kernel. The kernel would let everyone write; there a
/// device is the better place, whose node has an owner.
pub fn mode(of: &str, mode: &Number, errors: &mut Errors) {
    if !octal("mode", mode, errors) {
        return;
    }
    if mode.value & 0o111 != 0 {
        errors.at(
            mode.span,
            format!("a {of} cannot be executed"),
            format!("write `mode = 0o{:o}`", mode.value & 0o666),
        );
    } else if mode.value & 0o002 != 0 {
        errors.at(
            mode.span,
            format!("a {of} cannot be writable for everyone"),
            format!(
                "write `mode = 0o{:o}`; a device's node can, with `#[misc(mode = 0o666)]`",
                mode.value & !0o002
            ),
        );
    } else if mode.value == 0 {
        errors.at(
            mode.span,
            format!("nobody could read or write this {of}"),
            "write `mode = 0o644`, or `0o444` to have it read only",
        );
    }
}

/// A text with a device's number in it, as a `NodeName`; `otherwise` follows the number of one that does
/// not say where it stands.
pub fn numbered(text: &str, otherwise: Option<&str>, private: &TokenStream) -> TokenStream {
    let (before, after) = match text.split_once(INDEX) {
        Some((before, after)) => (before, Some(after)),
        None => (text, otherwise),
    };
    let before = c_str(before);
    let after = option(after.map(c_str));
    quote!(#private::NodeName { before: #before, after: #after })
}

/// The mode that an attribute names, as an `Option`.
pub fn optional_mode(mode: Option<&Number>) -> TokenStream {
    option(mode.map(|mode| tokens::octal(Some(mode), 0)))
}

/// The compiler's word that a mode fits the handlers of the field's type, by this function.
pub fn fitting_mode(site: &Site<'_>, function: &str, mode: &TokenStream) -> TokenStream {
    let Site {
        private,
        ty,
        cfgs,
        span,
        ..
    } = site;
    let function = format_ident!("{function}");
    let fits = call_at(*span, quote!(#private::#function::<#ty>), mode.clone());
    quote! {
        #(#cfgs)*
        const _: ::core::primitive::u16 = #fits;
    }
}

/// The mode that a file has: what was written is checked elsewhere, and what was not is the function's
/// answer.
pub fn told_mode(site: &Site<'_>, function: &str, mode: Option<&Number>) -> TokenStream {
    let Site { private, ty, .. } = site;
    let function = format_ident!("{function}");
    match mode {
        Some(mode) => tokens::octal(Some(mode), 0),
        None => quote!(#private::#function::<#ty>()),
    }
}
