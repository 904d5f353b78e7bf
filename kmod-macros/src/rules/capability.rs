// SPDX-License-Identifier: GPL-2.0-only
//! `capability = "CAP_…"`: what who calls must have, before a handler is called.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::errors::{Errors, any_of, near};
use crate::syntax::Text;
use crate::syntax::args::{Args, Key};

/// The key; what it says of whom is asked is its attribute's.
pub const fn key(meaning: &'static str) -> Key {
    Key {
        name: "capability",
        example: "capability = \"CAP_SYS_ADMIN\"",
        meaning,
        default: "none is asked for",
        also: &["cap", "caps", "capabilities", "capable", "requires"],
    }
}

/// What the key says of a file that is opened.
pub const AT_OPEN: Key = key(
    "the capability that who opens it must have, or `open(2)` is `EPERM`: C's \
     `capable()`, asked before `open`",
);

/// What the key says of a file in sysfs.
pub const AT_EACH: Key = key(
    "the capability that who reads or writes it must have, each time, or that is `EPERM`: C's `capable()`, \
     asked before the handler runs",
);

/// The capabilities of `kmod_core::task::capability`.
const NAMES: &[&str] = &[
    "CAP_CHOWN",
    "CAP_DAC_OVERRIDE",
    "CAP_DAC_READ_SEARCH",
    "CAP_FOWNER",
    "CAP_FSETID",
    "CAP_KILL",
    "CAP_SETGID",
    "CAP_SETUID",
    "CAP_SETPCAP",
    "CAP_LINUX_IMMUTABLE",
    "CAP_NET_BIND_SERVICE",
    "CAP_NET_BROADCAST",
    "CAP_NET_ADMIN",
    "CAP_NET_RAW",
    "CAP_IPC_LOCK",
    "CAP_IPC_OWNER",
    "CAP_SYS_MODULE",
    "CAP_SYS_RAWIO",
    "CAP_SYS_CHROOT",
    "CAP_SYS_PTRACE",
    "CAP_SYS_PACCT",
    "CAP_SYS_ADMIN",
    "CAP_SYS_BOOT",
    "CAP_SYS_NICE",
    "CAP_SYS_RESOURCE",
    "CAP_SYS_TIME",
    "CAP_SYS_TTY_CONFIG",
    "CAP_MKNOD",
    "CAP_LEASE",
    "CAP_AUDIT_WRITE",
    "CAP_AUDIT_CONTROL",
    "CAP_SETFCAP",
    "CAP_MAC_OVERRIDE",
    "CAP_MAC_ADMIN",
    "CAP_SYSLOG",
    "CAP_WAKE_ALARM",
    "CAP_BLOCK_SUSPEND",
    "CAP_AUDIT_READ",
    "CAP_PERFMON",
    "CAP_BPF",
    "CAP_CHECKPOINT_RESTORE",
];

/// One of them.
#[derive(Clone, Copy, Debug)]
pub struct Capability {
    /// Its name.
    pub name: &'static str,
    /// Where it stands.
    pub span: Span,
}

impl Capability {
    /// The constant of `kmod_core` that it is.
    pub fn constant(self, private: &TokenStream) -> TokenStream {
        let name = Ident::new(self.name, Span::call_site());
        quote!(#private::capability::#name)
    }
}

/// The constant of a field's trait, if the attribute names one.
pub fn constant(capability: Option<Capability>, private: &TokenStream) -> Option<TokenStream> {
    let constant = capability?.constant(private);
    Some(quote! {
        const CAPABILITY: ::core::option::Option<#private::Capability> =
            ::core::option::Option::Some(#constant);
    })
}

/// The capability of this name.
pub fn named(name: &Text, errors: &mut Errors) -> Option<Capability> {
    let known = |wanted: &str| NAMES.iter().copied().find(|known| *known == wanted);
    if let Some(known) = known(&name.value) {
        return Some(Capability {
            name: known,
            span: name.span,
        });
    }
    // Tools write it without what it begins with, or in small letters.
    let whole = match name.value.to_uppercase() {
        whole if whole.starts_with("CAP_") => whole,
        rest => format!("CAP_{rest}"),
    };
    let help = match (
        known(&whole),
        near(&whole, NAMES.iter().copied()).as_slice(),
    ) {
        (Some(known), _) => format!("write `\"{known}\"`"),
        (None, []) => {
            "the names are those of `linux/capability.h`, `\"CAP_SYS_ADMIN\"` for example"
                .to_owned()
        }
        (None, near) => format!("did you mean {}?", any_of(near.iter().take(3))),
    };
    errors.at(
        name.span,
        format!("there is no capability `{}`", name.value),
        help,
    );
    None
}

impl Args {
    /// The capability of the key.
    pub fn capability(&mut self, errors: &mut Errors) -> Option<Capability> {
        let name = self.text("capability", errors)?;
        named(&name, errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_those_of_kmod_core() {
        let source = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../kmod-core/src/task/capability.rs"
        );
        let text = std::fs::read_to_string(source).unwrap();
        let there = text.lines().filter_map(|line| {
            let (name, _) = line.trim().split_once(": \"")?;
            name.starts_with("CAP_").then_some(name)
        });
        assert_eq!(there.collect::<Vec<_>>(), NAMES);
    }
}
