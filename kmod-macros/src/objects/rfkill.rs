// SPDX-License-Identifier: GPL-2.0-only
//! `#[rfkill(name = "…", kind = …, …)]`, and what is known of the trait `RfkillOps`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::class::{ClassName, class_field};
use super::{InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::args::{Args, Key};
use crate::syntax::{Number, Word};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "rfkill",
    also: &["radio", "killswitch", "rf_kill"],
    keys: KEYS,
    on: &[Kind::Module, Kind::Device],
    licence: Licence::Any,
    reports_unshared: false,
    kept: Kept::Alone("ClassObject"),
    in_device: InDevice::Of("ClassObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "name",
        example: "name = \"radio\"",
        meaning: "the radio's name, which its file `name` shows; in a `#[device]`, `{index}` stands for the \
                  device's number",
        default: "the field's name; in a `#[device]`, its number behind it",
        also: &["label"],
    },
    KIND,
    Key {
        name: "persistent",
        example: "persistent = 1",
        meaning: "whether the hardware keeps what was set when it is off, 1 or 0: `query` then says so before the \
                  radio is registered, and the kernel does not set it to what others of its kind are",
        default: "0",
        also: &[],
    },
];

/// The key for the kind.
const KIND: Key = Key {
    name: "kind",
    example: "kind = bluetooth",
    meaning: "what kind of radio it is: `wlan`, `bluetooth`, `uwb`, `wimax`, `wwan`, `gps`, `fm` or `nfc`",
    default: "must be given",
    also: &["type"],
};

/// The kinds.
const KINDS: [&str; 8] = [
    "wlan",
    "bluetooth",
    "uwb",
    "wimax",
    "wwan",
    "gps",
    "fm",
    "nfc",
];

/// A field under `#[rfkill]`.
struct Rfkill {
    name: ClassName,
    kind: Word,
    persistent: Option<Number>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let name = ClassName::parse(args, field, errors);
    let persistent = args.number("persistent", errors);
    let Some(kind) = args.word("kind", &KINDS, errors) else {
        args.missing(&KIND, errors);
        return None;
    };
    Some(Box::new(Rfkill {
        name,
        kind,
        persistent,
    }))
}

impl Object for Rfkill {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, field: &Field, errors: &mut Errors) {
        self.name.check("radio", field.kind, errors);
        if let Some(flag) = &self.persistent
            && flag.value > 1
        {
            errors.at(flag.span, "it is 1 or 0", "leave the key out for 0");
        }
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let private = site.private;
        let name = self.name.constant(site);
        let kind = self.kind.value;
        let persistent = self.persistent.as_ref().map(|flag| {
            let flag = flag.value == 1;
            quote!(const PERSISTENT: ::core::primitive::bool = #flag;)
        });
        let constants = quote! {
            #name
            const KIND: ::core::primitive::u32 = #private::rfkill_kind(#kind);
            #persistent
        };
        class_field(site, "RfkillField", &constants)
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "RfkillOps",
    documented_as: "rfkill_handlers",
    table: Some("RfkillHandlers"),
    has_more: false,
    handlers: &[
        Handler {
            name: "set_block",
            caller: "a write of `/dev/rfkill`, `soft` or `state`, a key that all radios hear, and the kernel when the \
                     radio is new, and when the system resumes",
            context: Context::Process,
            absent: "must be there",
            otherwise: Otherwise::Missing,
        },
        Handler {
            name: "poll",
            caller: "the kernel, every few seconds",
            context: Context::Process,
            absent: "nobody looks",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "query",
            caller: "the kernel before each `set_block`, and once before the radio is registered",
            context: Context::Process,
            absent: "the kernel goes by what it knows",
            otherwise: Otherwise::NullSlot,
        },
    ],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[("block", "set_block"), ("set_state", "set_block")],
    not_ready_made: &[],
    why_shared: "the kernel may poll it while it sets it",
    rules: Rules::NONE,
};
