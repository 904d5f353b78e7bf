// SPDX-License-Identifier: GPL-2.0-only
//! `#[irq(vector = n, kinds(…))]`, and what is known of the trait `IrqHandler`.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::Type;
use syn::ext::IdentExt;

use super::words::{Given, Words};
use super::{InDevice, Licence, Object, ObjectAttribute, Site, gpio};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerImpl, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::clashes::Namespace;
use crate::instance::expand::marker_of;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::args::{Args, Key};
use crate::syntax::forms::name_of;
use crate::syntax::{Text, Word};
use crate::tokens::{c_str, call_at, item_at};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "irq",
    also: &["interrupt", "request_irq"],
    keys: KEYS,
    on: &[Kind::Device],
    licence: Licence::Any,
    reports_unshared: false,
    kept: Kept::Alone("IrqObject"),
    in_device: InDevice::Of("IrqObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    Key {
        name: "vector",
        example: "vector = 1",
        meaning: "which one of a PCI device's interrupts it is, from 0 to 2047; of an array, which one the first is",
        default: "0",
        also: &["entry", "number", "nr"],
    },
    Key {
        name: "kinds",
        example: "kinds(msi, intx)",
        meaning: "on the first of a PCI device's interrupts, the kinds that the driver takes: `msix`, `msi` and \
                  `intx`, of which the kernel takes the first that the device has",
        default: "all of them",
        also: &["types", "flags", "vectors"],
    },
    Key {
        name: "index",
        example: "index = 0",
        meaning: "instead of these, which one of a platform device's interrupts it is, from 0 to 255; of an array, which \
                  one the first is",
        default: "it is a PCI device's",
        also: &["resource", "irq"],
    },
    GPIO,
    EDGE,
];

/// The key for the field that has the line.
const GPIO: Key = Key {
    name: "gpio",
    example: "gpio = button",
    meaning: "instead of these, the field under `#[gpio]` of the same struct whose line it is of, an input; an array of \
              lines has an array of interrupts",
    default: "it is a PCI device's",
    also: &["line", "gpiod", "pin"],
};

/// The key for the edges.
const EDGE: Key = Key {
    name: "edge",
    example: "edge = both",
    meaning: "with `gpio`, what of the line's level is one: `rising`, `falling` or `both`, whichever is active",
    default: "must be given with `gpio`",
    also: &["edges", "trigger", "on"],
};

/// The edges.
const EDGES: &[&str] = &["rising", "falling", "both"];

/// The kinds.
const KINDS: Words = Words {
    key: "kinds",
    one: "kind",
    of: "kind of interrupts",
    known: &["msix", "msi", "intx"],
    also: &[("legacy", "intx"), ("line", "intx")],
};

/// The most that a vector can be.
const LAST_VECTOR: u128 = 2047;

/// The most that the index of a resource can be.
const LAST_INDEX: u128 = 255;

/// The interrupts of a PCI device.
static VECTORS: Namespace = Namespace {
    of: "field for the interrupt",
    help: "give each a vector of its own, as `#[irq(vector = 1)]`, or have one handler see what was raised",
    is_tree: false,
};

/// The interrupt resources of a platform device.
static RESOURCES: Namespace = Namespace {
    of: "field for the interrupt resource",
    help: "have one handler see what was raised",
    is_tree: false,
};

/// The lines of a device that have interrupts.
static LINES: Namespace = Namespace {
    of: "field for the interrupt of",
    help: "have one handler see what the line is",
    is_tree: false,
};

/// What the interrupt of a GPIO line stands on.
static OF_LINES: Licence = Licence::Gpl {
    exports: "`gpiod_to_irq()`",
    objects: "interrupts of GPIO lines",
};

/// What a platform device's interrupt stands on.
static PLATFORM: Licence = Licence::Gpl {
    exports: "`platform_get_irq()`",
    objects: "interrupts of platform devices",
};

/// A field under `#[irq]`.
struct Irq {
    source: Source,
    /// Where its number stands, or the field.
    number: Text,
    /// The kinds, if they are given.
    kinds: Option<Given>,
}

/// Where it comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    /// A PCI device's vector.
    Vector,
    /// A platform device's resource.
    Resource,
}

/// A field under `#[irq(gpio = …)]`.
struct LineIrq {
    /// The field that has the line.
    line: Ident,
    /// Its name.
    name: Text,
    edge: &'static str,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let before = errors.count();
    let vector = args.number("vector", errors);
    let index = args.number("index", errors);
    let kinds = KINDS.parse(args, errors);
    let gpio = args.ident("gpio", errors);
    let edge = args.word("edge", EDGES, errors);
    if let Some(field) = gpio {
        let others = [&vector, &index].map(|number| number.as_ref().map(|number| number.span));
        let other = others.into_iter().flatten().next();
        if let Some(span) = other.or(kinds.as_ref().map(|kinds| kinds.span)) {
            errors.at(
                span,
                "`gpio` and `edge` are of a line, the others of a PCI or platform device",
                "leave `gpio` out, or the others",
            );
        }
        return of_line(args, field, edge, before, errors);
    } else if let Some(edge) = edge {
        errors.at(
            edge.span,
            "`edge` is of a line",
            "add `gpio = button`, the name of a field under `#[gpio]`",
        );
    }
    if let Some(index) = &index {
        let other = vector.as_ref().map(|vector| vector.span);
        if let Some(span) = other.or(kinds.as_ref().map(|kinds| kinds.span)) {
            errors.at(
                span,
                "`index` is of a platform device, `vector` and `kinds` are of a PCI device",
                "leave `index` out for a card, and the others for a platform device",
            );
        }
        if index.value > LAST_INDEX {
            errors.at(
                index.span,
                "a device's interrupt resources are counted from 0 to 255",
                "write one of them",
            );
        }
    }
    if let Some(vector) = vector.as_ref().filter(|vector| vector.value > LAST_VECTOR) {
        errors.at(
            vector.span,
            "a PCI device has the interrupts 0 to 2047",
            "write one of them",
        );
    }
    let source = match index {
        Some(_) => Source::Resource,
        None => Source::Vector,
    };
    let number = index.or(vector);
    let number = Text {
        span: number.as_ref().map_or(field.span(), |number| number.span),
        value: number.map_or(0, |number| number.value).to_string(),
    };
    (errors.count() == before).then(|| {
        Box::new(Irq {
            source,
            number,
            kinds,
        }) as Box<dyn Object>
    })
}

/// What was read is of a line, if nothing was reported since `before`.
fn of_line(
    args: &Args,
    field: Ident,
    edge: Option<Word>,
    before: usize,
    errors: &mut Errors,
) -> Option<Box<dyn Object>> {
    let Some(edge) = edge else {
        if errors.count() == before {
            args.missing(&EDGE, errors);
        }
        return None;
    };
    (errors.count() == before).then(|| {
        Box::new(LineIrq {
            name: name_of(&field),
            line: field,
            edge: edge.value,
        }) as Box<dyn Object>
    })
}

impl Object for Irq {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn licence(&self) -> &'static Licence {
        match self.source {
            Source::Vector => &ATTRIBUTE.licence,
            Source::Resource => &PLATFORM,
        }
    }

    fn check_among(&self, fields: &[Field], own: usize, errors: &mut Errors) {
        let mut before = fields[..own].iter().filter_map(of);
        let Some((first, source)) = before.next() else {
            return;
        };
        if source != self.source {
            errors.at(
                fields[own].ident.span(),
                "a device has interrupts of PCI, or of a platform device",
                format!("write `{}`, as of `{first}`", source.example()),
            );
        } else if let Some(kinds) = &self.kinds {
            errors.at(
                kinds.span,
                "the kinds are of all of the device's interrupts, and stand on the first",
                format!("write them on `{first}`"),
            );
        }
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(self.source.names(), &self.number)]
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let Site {
            private,
            cfgs,
            span,
            ..
        } = site;
        let own = numbers(private, &self.number, site.ty);
        let all = site.fields.iter().filter_map(|field| {
            let object = field.object.as_deref().filter(|_| !field.refused)?;
            let names = object.names();
            let (_, number) = names
                .iter()
                .find(|(names, _)| std::ptr::eq(*names, self.source.names()))?;
            let (cfgs, numbers) = (&field.cfgs, numbers(private, number, &field.ty));
            Some(quote!(#(#cfgs)* #numbers))
        });
        let last = match self.source {
            Source::Vector => LAST_VECTOR,
            Source::Resource => LAST_INDEX,
        };
        let last = Literal::u128_unsuffixed(last);
        let all = quote!(&[#(#all),*]);
        // Where the compiler says that they are another field's, too.
        let assert = matches!(site.ty, Type::Array(_)).then(|| {
            let assert = item_at(*span, private, "assert_irq_numbers");
            let call = quote_spanned!(*span=> #assert(#own, #all, #last));
            quote! {
                #(#cfgs)*
                const _: () = #call;
            }
        });
        let source = match self.source {
            Source::Vector => {
                let kinds = self.kinds.as_ref().map(|kinds| kinds.words.as_slice());
                let kinds = kinds.unwrap_or(KINDS.known);
                quote! {
                    Vector {
                        own: #own,
                        all: #all,
                        kinds: #private::irq_kinds(&[#(#kinds),*]),
                    }
                }
            }
            Source::Resource => quote!(Resource { own: #own, all: #all }),
        };
        let field = field(site, &source);
        quote! {
            #assert
            #field
        }
    }
}

impl Object for LineIrq {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn licence(&self) -> &'static Licence {
        &OF_LINES
    }

    fn check_among(&self, fields: &[Field], _own: usize, errors: &mut Errors) {
        let line = &self.line;
        if line_of(fields, line).is_none() {
            errors.at(
                line.span(),
                format!("no field `{line}` has a line"),
                format!("put `#[gpio] {line}: GpioInput` before it"),
            );
        }
    }

    fn names(&self) -> Vec<(&'static Namespace, &Text)> {
        vec![(&LINES, &self.name)]
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let Site { private, cfgs, .. } = site;
        let count = count_of(site.ty);
        let lines = line_of(site.fields, &self.line).map(|field| &field.ty);
        let function = quote!(#private::assert_gpio_irq::<#lines>);
        let fits = call_at(site.span, function, count.clone());
        let marker = marker_of(&self.line);
        let [rising, falling] = ["falling", "rising"].map(|other| self.edge != other);
        let field = field(
            site,
            &quote! {
                Gpio {
                    own: #private::IrqNumbers { first: 0, count: #count },
                    lines: #private::GpioIrqs::of::<#marker>(),
                    edges: [#rising, #falling],
                }
            },
        );
        quote! {
            #(#cfgs)*
            const _: () = #fits;
            #field
        }
    }
}

/// That a field has interrupts of this source.
fn field(site: &Site<'_>, source: &TokenStream) -> TokenStream {
    let Site {
        private,
        marker,
        cfgs,
        span,
        ..
    } = site;
    let field = item_at(*span, private, "IrqField");
    let name = c_str(&site.field.unraw().to_string());
    quote! {
        #(#cfgs)*
        // SAFETY: No other of its struct has its numbers, all of which are there (`VECTORS`, `RESOURCES`,
        // `assert_irq_numbers`), or its line (`LINES`), whose field is one of the struct and before it: those with lines
        // are before all that have handlers (`check_first`).
        unsafe impl #field for #marker {
            const SOURCE: #private::IrqSource = #private::IrqSource::#source;
            const NAME: &'static ::core::ffi::CStr = #name;
        }
    }
}

impl Source {
    /// Whose numbers there can be once.
    fn names(self) -> &'static Namespace {
        match self {
            Self::Vector => &VECTORS,
            Self::Resource => &RESOURCES,
        }
    }

    /// How one of it is written.
    fn example(self) -> &'static str {
        match self {
            Self::Vector => "#[irq(vector = 1)]",
            Self::Resource => "#[irq(index = 1)]",
        }
    }
}

/// The field of this name, if it has lines.
fn line_of<'a>(fields: &'a [Field], name: &Ident) -> Option<&'a Field> {
    let mut fields = fields.iter();
    let field = fields.find(|field| field.ident.unraw() == name.unraw())?;
    let object = field.object.as_deref()?;
    (object.attribute().name == gpio::ATTRIBUTE.name).then_some(field)
}

/// An interrupt's field, and where that comes from, if it is of a bus.
fn of(field: &Field) -> Option<(&Ident, Source)> {
    let names = field.object.as_deref()?.names();
    let all = [Source::Vector, Source::Resource];
    let source = all.into_iter().find(|source| {
        names
            .iter()
            .any(|(names, _)| std::ptr::eq(*names, source.names()))
    })?;
    Some((&field.ident, source))
}

/// The numbers of a field of this type, of which the first is this.
fn numbers(private: &TokenStream, first: &Text, ty: &Type) -> TokenStream {
    let first = Literal::u128_unsuffixed(first.value.parse().unwrap_or_default());
    let count = count_of(ty);
    quote!(#private::IrqNumbers { first: #first, count: #count })
}

/// How many interrupts a field of this type has.
fn count_of(ty: &Type) -> TokenStream {
    match ty {
        Type::Array(array) => array.len.to_token_stream(),
        _ => quote!(1),
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "IrqHandler",
    documented_as: "irq_handlers",
    table: Some("IrqHandlers"),
    has_more: false,
    handlers: &[
        Handler {
            name: "handle",
            caller: "the kernel, when the line is raised",
            context: Context::Atomic,
            absent: "`thread` is called at once; the line stays masked until it returns",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "thread",
            caller: "the interrupt's thread, when `handle` has returned `IrqReturn::WakeThread`, or is absent",
            context: Context::Process,
            absent: "there is no thread",
            otherwise: Otherwise::NullSlot,
        },
    ],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("handler", "handle"),
        ("irq", "handle"),
        ("raised", "handle"),
        ("thread_fn", "thread"),
    ],
    not_ready_made: &[],
    why_shared: "others may look at it while it runs",
    rules: Rules {
        whole: one_of_both,
        ..Rules::NONE
    },
};

/// An interrupt that nobody sees would be raised for ever.
fn one_of_both(handlers: &HandlerImpl, errors: &mut Errors) {
    if handlers.handler("handle").is_none() && handlers.handler("thread").is_none() {
        errors.on(
            &handlers.item.self_ty,
            "an interrupt has a `handle`, a `thread`, or both",
            "write `fn handle(&self, irq: &IrqCall<'_, Self>) -> IrqReturn { … }`",
        );
    }
}
