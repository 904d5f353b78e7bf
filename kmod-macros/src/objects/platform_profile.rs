// SPDX-License-Identifier: GPL-2.0-only
//! `#[platform_profile(name = "…", choices(…))]`, and what is known of the trait `PlatformProfileOps`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::class::{ClassName, class_field};
use super::words::Words;
use super::{InDevice, Licence, Object, ObjectAttribute, Site, alone};
use crate::errors::Errors;
use crate::handlers::{self, Context, Handler, HandlerTrait, Otherwise, Rules, unit};
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::args::{Args, Key};

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "platform_profile",
    also: &["profile", "profiles", "platform_profiles", "power_profile"],
    keys: KEYS,
    on: &[Kind::Device],
    licence: Licence::Gpl {
        exports: "`platform_profile_register()`",
        objects: "platform profiles",
    },
    reports_unshared: false,
    kept: Kept::Alone("ClassObject"),
    in_device: InDevice::Of("ClassObject"),
    parse,
};

/// The keys.
const KEYS: &[Key] = &[
    CHOICES,
    Key {
        name: "name",
        example: "name = \"quiet\"",
        meaning: "its name, which new kernels show in its file `name`; `{index}` stands for the device's number",
        default: "the field's name, the device's number behind it",
        also: &["label"],
    },
];

/// The key for the profiles.
const CHOICES: Key = Key {
    name: "choices",
    example: "choices(low_power, balanced, performance)",
    meaning: "what user space can set it to: `low_power`, `cool`, `quiet`, `balanced`, `balanced_performance`, \
              `performance`",
    default: "must be given",
    also: &["profiles", "options"],
};

/// The profiles.
const PROFILES: Words = Words {
    key: "choices",
    one: "profile",
    of: "profile",
    known: &[
        "low_power",
        "cool",
        "quiet",
        "balanced",
        "balanced_performance",
        "performance",
    ],
    also: &[
        ("power_saver", "low_power"),
        ("powersave", "low_power"),
        ("silent", "quiet"),
        ("turbo", "performance"),
    ],
};

/// A field under `#[platform_profile]`.
struct PlatformProfile {
    name: ClassName,
    choices: Vec<&'static str>,
}

/// Reads the entries.
fn parse(args: &mut Args, field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let name = ClassName::parse(args, field, errors);
    let Some(given) = PROFILES.parse(args, errors) else {
        args.missing(&CHOICES, errors);
        return None;
    };
    let choices = given.words;
    Some(Box::new(PlatformProfile { name, choices }))
}

impl Object for PlatformProfile {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, field: &Field, errors: &mut Errors) {
        self.name.check("platform profile", field.kind, errors);
    }

    fn check_among(&self, fields: &[Field], own: usize, errors: &mut Errors) {
        alone::check(
            &ATTRIBUTE,
            "give one of them all choices",
            fields,
            own,
            errors,
        );
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let private = site.private;
        let name = self.name.constant(site);
        let choices = &self.choices;
        let constants = quote! {
            #name
            const CHOICES: ::core::primitive::u32 = #private::profiles(&[#(#choices),*]);
        };
        class_field(site, "PlatformProfileField", &constants)
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "PlatformProfileOps",
    documented_as: "platform_profile_handlers",
    table: None,
    has_more: false,
    handlers: &[
        Handler {
            name: "profile_get",
            caller: "a read of `platform_profile` or `profile`",
            context: Context::Process,
            absent: "must be there",
            otherwise: Otherwise::Missing,
        },
        Handler {
            name: "profile_set",
            caller: "a write of one of the choices to `platform_profile` or `profile`, and a key that cycles profiles",
            context: Context::Process,
            absent: "must be there",
            otherwise: Otherwise::Missing,
        },
    ],
    types: &[unit("Module"), unit("Instance")],
    keys: &[],
    ready_made: &[],
    also: &[("get", "profile_get"), ("set", "profile_set")],
    not_ready_made: &[],
    why_shared: "others use the struct at the same time",
    rules: Rules::NONE,
};
