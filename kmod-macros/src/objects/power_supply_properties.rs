// SPDX-License-Identifier: GPL-2.0-only
//! What stands in `properties(…)` of `#[power_supply]` and `#[battery_hook]`.

use proc_macro2::{Delimiter, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};

use super::class::camel;
use crate::errors::{Errors, closest};
use crate::syntax::args::{Entry, Value, split_at_commas};

/// What all kernels know, but for texts.
const PROPERTIES: [&str; 68] = [
    "status",
    "charge_type",
    "health",
    "present",
    "online",
    "authentic",
    "technology",
    "cycle_count",
    "voltage_max",
    "voltage_min",
    "voltage_max_design",
    "voltage_min_design",
    "voltage_now",
    "voltage_avg",
    "voltage_ocv",
    "voltage_boot",
    "current_max",
    "current_now",
    "current_avg",
    "current_boot",
    "power_now",
    "power_avg",
    "charge_full_design",
    "charge_empty_design",
    "charge_full",
    "charge_empty",
    "charge_now",
    "charge_avg",
    "charge_counter",
    "constant_charge_current",
    "constant_charge_current_max",
    "constant_charge_voltage",
    "constant_charge_voltage_max",
    "charge_control_start_threshold",
    "charge_control_end_threshold",
    "input_current_limit",
    "input_voltage_limit",
    "input_power_limit",
    "energy_full_design",
    "energy_empty_design",
    "energy_full",
    "energy_empty",
    "energy_now",
    "energy_avg",
    "capacity",
    "capacity_alert_min",
    "capacity_alert_max",
    "capacity_error_margin",
    "capacity_level",
    "temp",
    "temp_max",
    "temp_min",
    "temp_alert_min",
    "temp_alert_max",
    "temp_ambient",
    "temp_ambient_alert_min",
    "temp_ambient_alert_max",
    "time_to_empty_now",
    "time_to_empty_avg",
    "time_to_full_now",
    "time_to_full_avg",
    "scope",
    "precharge_current",
    "charge_term_current",
    "calibrate",
    "manufacture_year",
    "manufacture_month",
    "manufacture_day",
];

/// What `properties(…)` of an attribute takes.
pub struct Known {
    /// They.
    pub names: &'static [&'static str],
    /// The texts, which are keys.
    pub texts: &'static [&'static str],
    /// What helps who looks for another one.
    pub where_listed: &'static str,
}

/// Those of `#[power_supply]`.
pub const ALL: Known = Known {
    names: &PROPERTIES,
    texts: &["model_name", "manufacturer", "serial_number"],
    where_listed: "they are listed in docs/reference/power_supply.md",
};

/// What is known of a supply.
#[derive(Default)]
pub struct Properties {
    /// What can be set, too.
    pub writable: Vec<&'static str>,
    /// What cannot.
    pub readable: Vec<&'static str>,
}

impl Properties {
    /// Its constants.
    pub fn constants(&self, private: &TokenStream) -> TokenStream {
        let properties = self.writable.iter().chain(&self.readable).map(|name| {
            let name = format_ident!("{}", camel(name), span = Span::call_site());
            quote!(#private::PowerSupplyProperty::#name)
        });
        let count = Literal::usize_unsuffixed(self.writable.len());
        quote! {
            const PROPERTIES: &'static [#private::PowerSupplyProperty] = &[#(#properties),*];
            const WRITABLE: ::core::primitive::u32 = #count;
        }
    }

    fn has(&self, name: &str) -> bool {
        self.writable
            .iter()
            .chain(&self.readable)
            .any(|known| *known == name)
    }
}

impl Known {
    /// The properties of the entry `properties(…)`.
    pub fn properties(&self, entry: &Entry, errors: &mut Errors) -> Properties {
        let mut all = Properties::default();
        let Value::List(list) = &entry.value else {
            return all;
        };
        let before = errors.count();
        for part in split_at_commas(list.stream(), errors) {
            match part.as_slice() {
                [TokenTree::Ident(word)] => self.add(&mut all, word, false, errors),
                [TokenTree::Ident(rw), TokenTree::Group(those)]
                    if rw == "rw" && those.delimiter() == Delimiter::Parenthesis =>
                {
                    for part in split_at_commas(those.stream(), errors) {
                        match part.as_slice() {
                            [TokenTree::Ident(word)] => self.add(&mut all, word, true, errors),
                            _ => wrong(rw.span(), errors),
                        }
                    }
                }
                part => wrong(part.first().map_or(list.span(), TokenTree::span), errors),
            }
        }
        if errors.count() == before && all.writable.is_empty() && all.readable.is_empty() {
            entry.wrong(list, "properties, one at least", errors);
        }
        all
    }

    /// Adds one.
    fn add(&self, all: &mut Properties, word: &Ident, is_writable: bool, errors: &mut Errors) {
        let written = word.to_string();
        if self.texts.contains(&written.as_str()) {
            errors.at(
                word.span(),
                format!("`{written}` is a text, and a key"),
                format!("write `{written} = \"…\"` behind the properties"),
            );
            return;
        }
        let Some(name) = self.names.iter().find(|name| **name == written) else {
            let help = match closest(&written, self.names.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => self.where_listed.to_owned(),
            };
            errors.at(
                word.span(),
                format!("there is no property `{written}`"),
                help,
            );
            return;
        };
        if all.has(name) {
            errors.at(
                word.span(),
                format!("`{name}` is given twice"),
                "leave one of them out",
            );
        } else if is_writable {
            all.writable.push(name);
        } else {
            all.readable.push(name);
        }
    }
}

/// What stands there is no property.
fn wrong(span: Span, errors: &mut Errors) {
    errors.at(
        span,
        "`properties` takes names of properties",
        "write `properties(status, capacity)`, `rw(charge_control_end_threshold)` for one that can be set",
    );
}
