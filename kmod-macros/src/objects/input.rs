// SPDX-License-Identifier: GPL-2.0-only
//! `#[input(name = "…", keys(…), …)]`, and what is known of the trait `InputOps`.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::class::{ClassName, class_field};
use super::input_codes::{Axis, axes, codes};
use super::input_keymap::{Means, ScanCode, keymap};
use super::kernel_file::INDEX;
use super::words::{Given, Words};
use super::{InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::args::{Args, Key};
use crate::syntax::{Number, Text};
use crate::tokens::generated_at;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "input",
    also: &["input_dev", "input_device", "keyboard", "keypad"],
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
        example: "name = \"Doorbell\"",
        meaning: "the device's name, as people read it; in a `#[device]`, `{index}` stands for the device's \
                  number",
        default: "the field's name; in a `#[device]`, its number behind it",
        also: &["label"],
    },
    Key {
        name: "keys",
        example: "keys(KEY_POWER, BTN_LEFT)",
        meaning: "its keys and buttons, as `linux/input-event-codes.h` calls them",
        default: "none",
        also: &["key", "buttons"],
    },
    Key {
        name: "relative",
        example: "relative(REL_X, REL_WHEEL)",
        meaning: "its relative axes",
        default: "none",
        also: &["rel", "rel_axes"],
    },
    Key {
        name: "absolute",
        example: "absolute(ABS_X(-128..=127), ABS_Y(0..=255, fuzz = 2, flat = 4, resolution = 10))",
        meaning: "its absolute axes, each with its range; changes up to `fuzz` are noise, values up to `flat` \
                  are the middle, and a millimetre is `resolution` units",
        default: "none",
        also: &["abs", "axes"],
    },
    Key {
        name: "slots",
        example: "slots = 10",
        meaning: "how many touches it tells apart, 1 to 1024; its `ABS_MT_` axes are those of each",
        default: "it tells none apart",
        also: &["mt_slots", "touches", "contacts"],
    },
    Key {
        name: "slot_flags",
        example: "slot_flags(direct, drop_unused)",
        meaning: "`direct` (a screen) or `pointer` (a pad), of which the first touch is reported as one finger, \
                  too; `drop_unused` ends touches that a frame does not tell of; `semi_mt` says that only the \
                  corners around all touches are known; C's `INPUT_MT_…`",
        default: "none",
        also: &["mt_flags", "flags"],
    },
    Key {
        name: "force_feedback",
        example: "force_feedback(FF_RUMBLE)",
        meaning: "the kinds of effects that `play_effect` is told of: `FF_RUMBLE`, `FF_CONSTANT`; the kernel makes \
                  others of the first",
        default: "none",
        also: &["ff", "effects", "rumble"],
    },
    Key {
        name: "switches",
        example: "switches(SW_LID)",
        meaning: "its switches",
        default: "none",
        also: &["switch", "sw"],
    },
    Key {
        name: "keymap",
        example: "keymap(KE_KEY(0x01, KEY_WLAN), KE_SW(0x10, SW_LID, 1), KE_VSW(0x20, SW_DOCK), KE_IGNORE(0x30))",
        meaning: "what scan codes stand for: a key that user space may exchange, a switch that is on or off then, \
                  one that is as it is reported, or nothing; the device has these keys and switches, too",
        default: "it has no scan codes",
        also: &["sparse_keymap", "scancodes", "scan_codes", "map"],
    },
    Key {
        name: "repeat",
        example: "repeat = 1",
        meaning: "whether the kernel repeats a key that is held, 1 or 0",
        default: "0",
        also: &["autorepeat", "rep"],
    },
    Key {
        name: "poll_interval",
        example: "poll_interval = 20",
        meaning: "how often `poll` is called, in milliseconds",
        default: "it is not",
        also: &["interval", "polling"],
    },
    Key {
        name: "bustype",
        example: "bustype = 0x19",
        meaning: "its bus: `0x19` for one of the machine itself, `0x06` for one that only seems to be there",
        default: "0",
        also: &["bus"],
    },
    Key {
        name: "vendor",
        example: "vendor = 0x1234",
        meaning: "its vendor",
        default: "0",
        also: &[],
    },
    Key {
        name: "product",
        example: "product = 0x11e8",
        meaning: "its product",
        default: "0",
        also: &[],
    },
    Key {
        name: "version",
        example: "version = 1",
        meaning: "its version",
        default: "0",
        also: &[],
    },
];

/// The most touches that kernels tell apart.
const SLOTS_MAX: u128 = 1024;

/// What follows from touches.
const SLOT_FLAGS: Words = Words {
    key: "slot_flags",
    one: "flag",
    of: "flag of slots",
    known: &["direct", "pointer", "drop_unused", "semi_mt"],
    also: &[
        ("screen", "direct"),
        ("touchpad", "pointer"),
        ("drop", "drop_unused"),
    ],
};

/// The longest time between two polls, in milliseconds.
const INTERVAL_MAX: u128 = 60_000;

/// A field under `#[input]`.
struct Input {
    name: ClassName,
    keys: Vec<Ident>,
    relative: Vec<Ident>,
    absolute: Vec<Axis>,
    slots: Option<Number>,
    slot_flags: Option<Given>,
    force_feedback: Vec<Ident>,
    switches: Vec<Ident>,
    keymap: Vec<ScanCode>,
    repeat: Option<Number>,
    poll_interval: Option<Number>,
    /// Bus, vendor, product and version.
    id: [Option<Number>; 4],
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let before = errors.count();
    let input = Input {
        name: ClassName::parse(args, field, errors),
        keys: codes(args, "keys", &["KEY_", "BTN_"], errors),
        relative: codes(args, "relative", &["REL_"], errors),
        absolute: axes(args, errors),
        slots: args.number("slots", errors),
        slot_flags: SLOT_FLAGS.parse(args, errors),
        force_feedback: codes(args, "force_feedback", &["FF_"], errors),
        switches: codes(args, "switches", &["SW_"], errors),
        keymap: keymap(args, errors),
        repeat: args.number("repeat", errors),
        poll_interval: args.number("poll_interval", errors),
        id: ["bustype", "vendor", "product", "version"].map(|key| args.number(key, errors)),
    };
    let lists = [&input.keys, &input.relative, &input.switches];
    let is_empty = lists.iter().all(|list| list.is_empty())
        && input.absolute.is_empty()
        && input.keymap.is_empty();
    if is_empty && errors.count() == before {
        errors.at(
            args.span,
            "an input device has something to report",
            "add `keys(KEY_POWER)`, `relative(REL_X)`, `absolute(ABS_X(0..=255))` or `switches(SW_LID)`",
        );
    }
    Some(Box::new(input))
}

/// The effects that the kernel has a device without memory play.
const EFFECTS: [&str; 2] = ["FF_RUMBLE", "FF_CONSTANT"];

/// Applies the rules of effects.
pub(super) fn check_effects(effects: &[Ident], errors: &mut Errors) {
    for effect in effects {
        if !EFFECTS.iter().any(|known| effect == known) {
            errors.at(
                effect.span(),
                format!("`{effect}` is no effect that `play_effect` is told of"),
                "write `FF_RUMBLE`, of which the kernel makes periodic ones, or `FF_CONSTANT`",
            );
        }
    }
}

/// The constant of this name, a list of codes of this type.
pub(super) fn list(private: &TokenStream, name: &str, ty: &str, all: &[Ident]) -> TokenStream {
    let (name, ty) = (
        Ident::new(name, Span::call_site()),
        Ident::new(ty, Span::call_site()),
    );
    let all = all.iter().map(|one| code(private, one));
    quote!(const #name: &'static [#private::input_codes::#ty] = &[#(#all),*];)
}

/// A code, where it was written.
fn code(private: &TokenStream, code: &Ident) -> TokenStream {
    let place = generated_at(code.span());
    let code = Ident::new(&code.to_string(), place);
    let codes = quote_spanned!(Span::call_site()=> #private::input_codes::);
    quote!(#codes #code)
}

/// A scan code with what it stands for.
fn scan_code(private: &TokenStream, scan: &ScanCode) -> TokenStream {
    let number = Literal::u32_unsuffixed(scan.number);
    let entry = quote!(#private::KeyEntry);
    let means = match &scan.means {
        Means::Key(key) => {
            let key = code(private, key);
            quote!(#entry::Key(#key))
        }
        Means::Switch(switch, is_on) => {
            let switch = code(private, switch);
            quote!(#entry::Switch(#switch, #is_on))
        }
        Means::VariableSwitch(switch) => {
            let switch = code(private, switch);
            quote!(#entry::VariableSwitch(#switch))
        }
        Means::Ignore => quote!(#entry::Ignore),
    };
    quote!(#private::ScanCode::new(#number, #means))
}

impl Input {
    /// Applies the rules of what a device tells touches apart by.
    fn check_slots(&self, errors: &mut Errors) {
        if let Some(slots) = &self.slots
            && !(1..=SLOTS_MAX).contains(&slots.value)
        {
            errors.at(
                slots.span,
                format!("a device tells 1 to {SLOTS_MAX} touches apart"),
                "write `slots = 10`",
            );
        }
        if self.slots.is_some() {
            return;
        }
        if let Some(flags) = &self.slot_flags {
            errors.at(
                flags.span,
                "flags of slots are for a device with `slots`",
                "add `slots = 10`, or leave them out",
            );
        }
        for axis in &self.absolute {
            if axis.code.to_string().starts_with("ABS_MT_") {
                errors.at(
                    axis.code.span(),
                    format!("`{}` is an axis of several touches", axis.code),
                    "add `slots = 10`, or take the axis of one: `ABS_X` and its like",
                );
            }
        }
    }
}

impl Object for Input {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, field: &Field, errors: &mut Errors) {
        let Text { value, span } = &self.name.text;
        if field.kind == Kind::Module && value.contains(INDEX) {
            errors.at(
                *span,
                format!("a module has one such input device: there is no `{INDEX}`"),
                format!("leave `{INDEX}` out, or put the field into a struct under `#[device]`"),
            );
        }
        let bad = |c: char| c.is_control() || c == '"';
        if value.trim().is_empty() || value.contains(bad) {
            errors.at(
                *span,
                "an input device's name is a line of text without quotation marks",
                "leave the key out to take the field's name",
            );
        }
        if let Some(repeat) = &self.repeat
            && repeat.value > 1
        {
            errors.at(
                repeat.span,
                "`repeat` is 1 or 0",
                "the kernel's own delays are taken; user space changes them",
            );
        }
        if let Some(interval) = &self.poll_interval
            && !(1..=INTERVAL_MAX).contains(&interval.value)
        {
            errors.at(
                interval.span,
                format!("a device is polled every 1 to {INTERVAL_MAX} milliseconds"),
                "write `poll_interval = 20`",
            );
        }
        self.check_slots(errors);
        check_effects(&self.force_feedback, errors);
        for number in self.id.iter().flatten() {
            if number.value > 0xffff {
                errors.at(
                    number.span,
                    "a number of a device's identity has 16 bits",
                    "write `0xffff` or less",
                );
            }
        }
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let private = site.private;
        let name = self.name.constant(site);
        let lists = [
            ("KEYS", "Key", &self.keys),
            ("RELATIVE", "Relative", &self.relative),
            ("SWITCHES", "Switch", &self.switches),
            ("FORCE_FEEDBACK", "ForceFeedback", &self.force_feedback),
        ];
        let lists = lists
            .into_iter()
            .filter(|(_, _, all)| !all.is_empty())
            .map(|(name, ty, all)| list(private, name, ty, all));
        let absolute = (!self.absolute.is_empty()).then(|| {
            let axes = self.absolute.iter().map(|axis| {
                let (min, max) = axis.range;
                let (min, max) = (Literal::i32_unsuffixed(min), Literal::i32_unsuffixed(max));
                let [fuzz, flat, resolution] = axis.more.map(Literal::i32_unsuffixed);
                let axis = code(private, &axis.code);
                quote! {
                    #private::AbsInfo::new(#axis, (#min, #max), (#fuzz, #flat, #resolution))
                }
            });
            quote!(const ABSOLUTE: &'static [#private::AbsInfo] = &[#(#axes),*];)
        });
        let keymap = (!self.keymap.is_empty()).then(|| {
            let all = self.keymap.iter().map(|scan| scan_code(private, scan));
            quote!(const KEYMAP: &'static [#private::ScanCode] = &[#(#all),*];)
        });
        let repeat = self.repeat.as_ref().is_some_and(|repeat| repeat.value == 1);
        let repeat = repeat.then(|| {
            quote!(
                const REPEAT: ::core::primitive::bool = true;
            )
        });
        let interval = self.poll_interval.as_ref().map(|interval| {
            let interval = Literal::u128_unsuffixed(interval.value);
            quote!(const POLL_INTERVAL: ::core::primitive::u32 = #interval;)
        });
        let id = self.id.iter().any(Option::is_some).then(|| {
            let id = self.id.iter().map(|number| {
                Literal::u128_unsuffixed(number.as_ref().map_or(0, |number| number.value))
            });
            quote!(const ID: [::core::primitive::u16; 4] = [#(#id),*];)
        });
        let slots = self.slots.as_ref().map(|slots| {
            let slots = Literal::u128_unsuffixed(slots.value);
            quote!(const SLOTS: ::core::primitive::u16 = #slots;)
        });
        let flags = self.slot_flags.as_ref().map(|flags| {
            let flags = &flags.words;
            quote!(const SLOT_FLAGS: ::core::primitive::u16 = #private::mt_flags(&[#(#flags),*]);)
        });
        let constants =
            quote!(#name #id #(#lists)* #absolute #keymap #slots #flags #repeat #interval);
        class_field(site, "InputField", &constants)
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "InputOps",
    documented_as: "input_handlers",
    table: Some("InputHandlers"),
    has_more: false,
    handlers: &[
        Handler {
            name: "open",
            caller: "the first who looks at the device",
            context: Context::Process,
            absent: "everybody may look at it",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "close",
            caller: "the last who looked at it, and its end",
            context: Context::Process,
            absent: "nothing is done",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "poll",
            caller: "a work, every `poll_interval` while somebody looks",
            context: Context::Process,
            absent: "`poll_interval` must not be there",
            otherwise: Otherwise::NullSlot,
        },
        Handler {
            name: "play_effect",
            caller: "who has the device play an effect, the kernel's timer when one ends, and the device's end",
            context: Context::Atomic,
            absent: "`force_feedback` must not be there",
            otherwise: Otherwise::NullSlot,
        },
    ],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[
        ("start", "open"),
        ("stop", "close"),
        ("release", "close"),
        ("polled", "poll"),
        ("play", "play_effect"),
        ("rumble", "play_effect"),
        ("playback", "play_effect"),
    ],
    not_ready_made: &[],
    why_shared: "others report at the same time",
    rules: Rules::NONE,
};
