// SPDX-License-Identifier: GPL-2.0-only
//! `#[runtime_pm(autosuspend = n)]`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{InDevice, Licence, Object, ObjectAttribute, Site, alone, hardware};
use crate::errors::Errors;
use crate::instance::statics::Kept;
use crate::instance::{Field, Kind};
use crate::syntax::Number;
use crate::syntax::args::Key;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "runtime_pm",
    also: &["pm", "pm_runtime", "power"],
    keys: KEYS,
    on: &[Kind::Device],
    licence: Licence::Gpl {
        exports: "`__pm_runtime_resume()`",
        objects: "runtime power management",
    },
    reports_unshared: false,
    kept: Kept::Alone("RuntimePmObject"),
    in_device: InDevice::Of("RuntimePmObject"),
    parse: |args, _field, errors| {
        Some(Box::new(RuntimePm {
            autosuspend: args.number("autosuspend", errors),
        }))
    },
};

/// The keys.
const KEYS: &[Key] = &[Key {
    name: "autosuspend",
    example: "autosuspend = 500",
    meaning: "after how many milliseconds without use the device is suspended: `power/autosuspend_delay_ms` in \
              sysfs",
    default: "0: at once",
    also: &["autosuspend_delay", "delay", "autosuspend_delay_ms"],
}];

/// What the kernel has for it is an `int`.
const DELAY_MAX: u128 = 0x7fff_ffff;

/// A field under `#[runtime_pm]`.
struct RuntimePm {
    autosuspend: Option<Number>,
}

impl Object for RuntimePm {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn check(&self, _field: &Field, errors: &mut Errors) {
        if let Some(delay) = &self.autosuspend
            && delay.value > DELAY_MAX
        {
            errors.at(
                delay.span,
                format!("a delay has at most {DELAY_MAX} milliseconds"),
                "write after how long without use the device is suspended: `autosuspend = 500`",
            );
        }
    }

    fn check_among(&self, fields: &[Field], own: usize, errors: &mut Errors) {
        hardware::check_first("what keeps a device on", fields, own, errors);
        alone::check(&ATTRIBUTE, "have all use the one", fields, own, errors);
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let delay = self.autosuspend.as_ref().map(|delay| {
            let delay = Literal::u128_unsuffixed(delay.value);
            quote!(const AUTOSUSPEND: ::core::ffi::c_int = #delay;)
        });
        hardware::field(site, "RuntimePmField", &delay.unwrap_or_default())
    }
}
