// SPDX-License-Identifier: GPL-2.0-only
//! A device's node in `/dev`, and what makes a field's type a device.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use super::Site;
use crate::errors::Errors;
use crate::instance::clashes::Namespace;
use crate::instance::expand::marker;
use crate::instance::statics::Kept;
use crate::rules::capability::{self, Capability};
use crate::rules::names::FILE_NAME_MAX;
use crate::rules::perm;
use crate::syntax::args::Key;
use crate::syntax::{Number, Text};
use crate::tokens::octal;

/// The key for the mode of a node.
pub const MODE: Key = Key {
    name: "mode",
    example: "mode = 0o600",
    meaning: "the node's mode",
    default: "the kernel's, `0o600`",
    also: &["perm", "perms", "permissions"],
};

/// The names of devices.
pub static DEVICES: Namespace = Namespace {
    of: "device",
    help: "give them different names",
    is_tree: false,
};

/// The paths of nodes that are not named like their devices.
pub static NODES: Namespace = Namespace {
    of: "node",
    help: "give them different paths",
    is_tree: false,
};

/// How many nodes have a path, which tells them apart by the number for which `{}` stands.
pub enum Nodes {
    /// One, whose device has no number: the rule for a `{}`, and its mending.
    Unnumbered(&'static str, &'static str),
    /// One.
    One,
    /// Several.
    Several,
}

/// The rules of a node's path below `/dev`.
pub fn path(path: &Text, nodes: &Nodes, errors: &mut Errors) {
    let Text { value, span } = path;
    let bad = |c: char| !c.is_ascii_graphic();
    let numbers = value.matches("{}").count();
    let (rule, help) = if let Some(path) = value.strip_prefix("/dev/") {
        let rule = "a node's path is one below `/dev`".to_owned();
        (rule, format!("write `\"{path}\"`"))
    } else if value.contains(bad) {
        let rule = "a node's path is made of visible ASCII characters".to_owned();
        (rule, format!("write `\"{}\"`", value.replace(bad, "_")))
    } else if value.split('/').any(|part| ["", ".", ".."].contains(&part)) {
        let rule = "a node's path is made of names with a `/` between them".to_owned();
        let parts = value.split('/');
        let parts: Vec<_> = parts
            .filter(|part| !["", ".", ".."].contains(part))
            .collect();
        let help = match parts.as_slice() {
            [] => "leave the key out to take the device's name".to_owned(),
            parts => format!("write `\"{}\"`", parts.join("/")),
        };
        (rule, help)
    } else if value.split('/').any(|part| part.len() > FILE_NAME_MAX) {
        let rule = format!("a name in a node's path has at most {FILE_NAME_MAX} characters");
        (rule, "shorten it".to_owned())
    } else if value.replace("{}", "").contains(['{', '}']) {
        let rule = "`{` and `}` stand for the number, as `{}`".to_owned();
        (rule, "write `{}`, or leave them out".to_owned())
    } else {
        match nodes {
            Nodes::Unnumbered(rule, help) if numbers > 0 => {
                ((*rule).to_owned(), (*help).to_owned())
            }
            Nodes::Several if numbers == 0 => (
                "several minors need several nodes".to_owned(),
                format!("write `\"{value}/{{}}\"`: `{{}}` stands for the number"),
            ),
            Nodes::One | Nodes::Several if numbers > 1 => {
                let rule = "a node's path has the number once".to_owned();
                (rule, "write `{}` once".to_owned())
            }
            _ => return,
        }
    };
    errors.at(*span, rule, help);
}

/// The rules of a node's mode.
pub fn mode(mode: &Number, errors: &mut Errors) {
    if perm::octal("mode", mode, errors) && mode.value == 0 {
        errors.at(
            mode.span,
            "a mode of 0 stands for the kernel's own, which is `0o600`",
            "leave the key out",
        );
    }
}

/// The constant of a node's mode, if the attribute names it.
pub fn mode_const(mode: Option<&Number>) -> Option<TokenStream> {
    let value = octal(Some(mode?), 0);
    Some(quote!(const MODE: ::core::primitive::u16 = #value;))
}

/// The table of a device, by the one use of its type that says whether it can be a device, and what
/// who opens it must have.
pub fn table(site: &Site<'_>, capability: Option<Capability>) -> TokenStream {
    let Site {
        private,
        marker,
        ty,
        cfgs,
        span,
        ..
    } = site;
    let begin = quote_spanned!(*span=> <<);
    let table = quote_spanned!(*span=> Table<Self>);
    let ops = quote_spanned!(*span=> OPS);
    let capability = capability::constant(capability, private);
    let files = files(site);
    quote! {
        #(#cfgs)*
        // SAFETY: It is the table of the field's type, for this field, and the files are of the same struct.
        unsafe impl #private::DeviceTable for #marker {
            const OPS: &'static #private::file_operations =
                #begin #ty as #private::DeviceType>::#table as #private::Operations>::#ops;
            #capability
            #files
        }
    }
}

/// The files of its device, if there are any.
fn files(site: &Site<'_>) -> Option<TokenStream> {
    let Site { private, files, .. } = site;
    let each = files.iter().filter_map(|field| {
        let (marker, cfgs) = (marker(field), &field.cfgs);
        let Kept::Alone(kept) = field.object.as_deref()?.attribute().kept else {
            return None;
        };
        let kept = format_ident!("{kept}");
        Some(quote!(#(#cfgs)* #private::#kept::<#marker>::DEVICE_FILE,))
    });
    (!files.is_empty()).then(|| {
        quote! {
            const FILES: ::core::option::Option<&'static dyn #private::DeviceFiles> =
                ::core::option::Option::Some(&[#(#each)*]);
        }
    })
}
