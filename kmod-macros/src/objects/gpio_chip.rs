// SPDX-License-Identifier: GPL-2.0-only
//! `#[gpio_chip(lines = n, names(…), …)]`, and what is known of the trait `GpioOps`.

use proc_macro2::{Ident, Literal, TokenStream, TokenTree};
use quote::quote;
use syn::{Expr, Lit};

use super::class::{ClassName, class_field};
use super::{InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerImpl, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::args::{Args, Entry, Key, Value, split_at_commas};
use crate::syntax::forms::{literal, text};
use crate::syntax::{Number, Text};
use crate::tokens::{c_str, option};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "gpio_chip",
    also: &["gpiochip", "gpio_controller", "pins"],
    keys: KEYS,
    on: &[Kind::Device],
    licence: Licence::Gpl {
        exports: "`gpiochip_add_data()`",
        objects: "chips with lines",
    },
    reports_unshared: false,
    kept: Kept::Alone("ClassObject"),
    in_device: InDevice::Of("ClassObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    LINES,
    NAMES,
    Key {
        name: "name",
        example: "name = \"relays\"",
        meaning: "the chip's label, by which drivers look it up; `{index}` stands for the device's number",
        default: "the field's name, with the device's number behind it",
        also: &["label"],
    },
    Key {
        name: "can_sleep",
        example: "can_sleep = true",
        meaning: "that the handlers may sleep, as for a chip behind a bus",
        default: "`false`",
        also: &["sleeps", "blocking"],
    },
];

/// The key for the number of lines.
const LINES: Key = Key {
    name: "lines",
    example: "lines = 8",
    meaning: "how many lines the chip has, from 1 to 512",
    default: "as many as there are names: one of both must be given",
    also: &["ngpio", "ngpios", "count"],
};

/// The key for their names.
const NAMES: Key = Key {
    name: "names",
    example: "names(\"pump\", _, \"valve\")",
    meaning: "what the lines are called, from line 0 on; `_` is a line without a name",
    default: "none",
    also: &["line_names"],
};

/// The most lines of a chip, for which the kernel has room on its stack: `CONFIG_GPIOLIB_FASTPATH_LIMIT`.
const LINES_MAX: u128 = 512;

/// The most bytes of a line's name that user space sees: `GPIO_MAX_NAME_SIZE`, without its end.
const NAME_MAX: usize = 31;

/// A field under `#[gpio_chip]`.
struct GpioChip {
    name: ClassName,
    lines: Option<Number>,
    names: Vec<Option<Text>>,
    /// Where `names` stands.
    named_at: Option<proc_macro2::Span>,
    can_sleep: bool,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let name = ClassName::parse(args, field, errors);
    let before = errors.count();
    let lines = args.number("lines", errors);
    let entry = args.take("names");
    let names = entry
        .as_ref()
        .map_or(Vec::new(), |entry| names(entry, errors));
    if lines.is_none() && entry.is_none() {
        if errors.count() == before {
            args.one_of(&[LINES, NAMES], errors);
        }
        return None;
    }
    Some(Box::new(GpioChip {
        name,
        lines,
        names,
        named_at: entry.map(|entry| entry.key.span()),
        can_sleep: args.truth("can_sleep", errors) == Some(true),
    }))
}

/// The names of the entry `names(…)`.
fn names(entry: &Entry, errors: &mut Errors) -> Vec<Option<Text>> {
    let Value::List(list) = &entry.value else {
        return Vec::new();
    };
    let before = errors.count();
    let mut names: Vec<Option<Text>> = Vec::new();
    for part in split_at_commas(list.stream(), errors) {
        if let [TokenTree::Ident(none)] = part.as_slice()
            && none == "_"
        {
            names.push(None);
            continue;
        }
        let tokens: TokenStream = part.into_iter().collect();
        let value = syn::parse2::<Expr>(tokens.clone()).ok();
        match value.as_ref().and_then(literal) {
            Some(Lit::Str(name)) => names.push(one(text(name), &names, errors)),
            _ => entry.wrong(tokens, "names of lines, each a string or `_`", errors),
        }
    }
    if names.is_empty() && errors.count() == before {
        entry.wrong(list, "names, one at least", errors);
    }
    names
}

/// A name that fits, and is none of these.
fn one(name: Text, others: &[Option<Text>], errors: &mut Errors) -> Option<Text> {
    let value = &name.value;
    if value.is_empty() || value.len() > NAME_MAX || value.chars().any(char::is_control) {
        errors.at(
            name.span,
            format!("a line's name has 1 to {NAME_MAX} characters, and none that cannot be seen"),
            "write `_` for a line without a name",
        );
        return None;
    }
    if others.iter().flatten().any(|other| other.value == *value) {
        errors.at(
            name.span,
            format!("two lines are called `{value}`"),
            "give each a name of its own: lines are looked up by it",
        );
        return None;
    }
    Some(name)
}

impl Object for GpioChip {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, field: &Field, errors: &mut Errors) {
        self.name.check("chip", field.kind, errors);
        let most = self.lines.as_ref().map_or(LINES_MAX, |lines| lines.value);
        if let Some(lines) = &self.lines
            && !(1..=LINES_MAX).contains(&lines.value)
        {
            errors.at(
                lines.span,
                format!("a chip has from 1 to {LINES_MAX} lines"),
                "make several chips of it",
            );
        } else if let Some(span) = self.named_at
            && self.names.len() as u128 > most
        {
            errors.at(
                span,
                format!(
                    "there are more names than lines: {}, and {most}",
                    self.names.len()
                ),
                "give each line one name at most, or leave `lines` out",
            );
        }
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let private = site.private;
        let name = self.name.constant(site);
        let given = self.lines.as_ref().map(|lines| lines.value);
        let lines = Literal::u128_unsuffixed(given.unwrap_or(self.names.len() as u128));
        let names = self.names.iter().map(|name| {
            let name = option(name.as_ref().map(|name| c_str(&name.value)));
            quote!(#private::GpioName::new(#name))
        });
        let names = (!self.names.is_empty())
            .then(|| quote!(const NAMES: &'static [#private::GpioName] = &[#(#names),*];));
        let can_sleep = self.can_sleep.then(|| {
            quote!(
                const CAN_SLEEP: ::core::primitive::bool = true;
            )
        });
        let constants = quote! {
            #name
            const LINES: ::core::primitive::u16 = #lines;
            #names
            #can_sleep
        };
        class_field(site, "GpioChipField", &constants)
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "GpioOps",
    documented_as: "gpio_chip_handlers",
    table: Some("GpioHandlers"),
    has_more: false,
    handlers: &[
        Handler {
            name: "request",
            caller: "somebody who is to have the line: user space, another driver",
            context: Context::Process,
            absent: "everybody may have each",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "free",
            caller: "who had it, at the end",
            context: Context::Process,
            absent: "nothing is done",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "get_direction",
            caller: "the chip's registration, for each line, and who takes one as it is",
            context: Context::Declared,
            absent: "`direction_input` must be there, and lines are inputs until they are told",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "direction_input",
            caller: "who takes the line as an input",
            context: Context::Declared,
            absent: "`get_direction` must be there, and a line that it calls an output cannot be an input",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "direction_output",
            caller: "who takes the line as an output, with its first value",
            context: Context::Declared,
            absent: "`set` is called, for a line that `get_direction` does not call an input",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "get",
            caller: "who reads the line",
            context: Context::Declared,
            absent: "`EIO`",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "set",
            caller: "who sets the line, an output",
            context: Context::Declared,
            absent: "lines cannot be outputs",
            otherwise: Otherwise::NullSlot,
        },
    ],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("get_value", "get"),
        ("set_value", "set"),
        ("read", "get"),
        ("write", "set"),
        ("direction", "get_direction"),
        ("input", "direction_input"),
        ("output", "direction_output"),
    ],
    not_ready_made: &[],
    why_shared: "several may use lines at once",
    rules: Rules {
        whole: what_lines_can,
        ..Rules::NONE
    },
};

/// What the kernel calls without looking is there.
fn what_lines_can(handlers: &HandlerImpl, errors: &mut Errors) {
    let has = |name| handlers.handler(name).is_some();
    let set = "write `fn set(&self, chip: &GpioCall<'_, Self>, offset: u32, value: bool) -> Result { … }`";
    if !has("get") && !has("set") {
        errors.on(
            &handlers.item.self_ty,
            "a chip has a `get`, a `set` or both",
            "write `fn get(&self, chip: &GpioCall<'_, Self>, offset: u32) -> Result<bool> { … }`",
        );
    } else if has("direction_output") && !has("set") {
        errors.on(
            &handlers.item.self_ty,
            "a chip with a `direction_output` has a `set`",
            set,
        );
    } else if !has("get_direction") && !has("direction_input") {
        errors.on(
            &handlers.item.self_ty,
            "a chip has a `get_direction`, a `direction_input` or both",
            "write `fn get_direction(&self, chip: &GpioCall<'_, Self>, offset: u32) -> Result<GpioDirection> { … }`",
        );
    }
}
