// SPDX-License-Identifier: GPL-2.0-only
//! What the drivers of most buses have in common: handlers, and what becomes of a field.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{Site, ids};
use crate::handlers::{
    self, AssociatedType, Context, Handler, HandlerTrait, Otherwise, Rules, unit,
};
use crate::syntax::args::Key;
use crate::tokens::{c_str, item_at};

/// Makes the struct of a device.
const PROBE: Handler = Handler {
    name: "probe",
    caller: "the driver core, which has found a device",
    context: Context::Process,
    absent: "must be there",
    otherwise: Otherwise::Missing,
};

/// Before a device goes.
const REMOVE: Handler = Handler {
    name: "remove",
    caller: "the driver core, which takes a device away",
    context: Context::Process,
    absent: "nothing more than dropping the device",
    otherwise: Otherwise::NullSlot,
};

/// Before the machine goes.
const SHUTDOWN: Handler = Handler {
    name: "shutdown",
    caller: "`reboot(2)`",
    context: Context::Process,
    absent: "the device is left as it is",
    otherwise: Otherwise::NullSlot,
};

/// The types of a driver with ids.
const TYPES: &[AssociatedType] = &[
    unit("Module"),
    AssociatedType {
        name: "Device",
        default: None,
    },
    unit("Id"),
];

/// What the handlers are called elsewhere.
const ALSO: &[(&str, &str)] = &[
    ("bind", "probe"),
    ("unbind", "remove"),
    ("disconnect", "remove"),
    ("reboot", "shutdown"),
];

/// Why handlers take `&self`.
const WHY_SHARED: &str = "devices are found and taken away at once";

/// What is known of the trait of this name, whose `const` for the handlers that there are is a `table`.
pub const fn handlers(
    name: &'static str,
    documented_as: &'static str,
    table: &'static str,
) -> HandlerTrait {
    HandlerTrait {
        attribute: handlers::HANDLERS,
        name,
        documented_as,
        table: Some(table),
        has_more: false,
        handlers: &[PROBE, REMOVE, SHUTDOWN],
        types: TYPES,
        keys: &[],
        ready_made: &[],
        also: ALSO,
        not_ready_made: &[],
        why_shared: WHY_SHARED,
        rules: Rules::NONE,
    }
}

/// The key of a driver's name.
pub const fn name_key(meaning: &'static str) -> Key {
    Key {
        name: "name",
        example: "name = \"ticket\"",
        meaning,
        default: "the field's name",
        also: &["driver"],
    }
}

/// What a field under the attribute of such a driver stands for.
pub struct Table<'a> {
    /// The name of the bus in `MODULE_DEVICE_TABLE()`.
    pub bus: &'a str,
    /// Its type in `kmod_core::__private`.
    pub bus_type: &'a str,
    /// The type of its rows there, of which `new` takes what is in `rows`, and a number.
    pub row: &'a str,
    /// The rows.
    pub rows: Vec<TokenStream>,
    /// What is said of each.
    pub data: Vec<TokenStream>,
}

/// The expansion of a driver of this name.
pub fn expand(site: &Site<'_>, name: &str, table: Table<'_>) -> TokenStream {
    let Site {
        private,
        marker,
        ty,
        cfgs,
        span,
        ..
    } = site;
    let field = item_at(*span, private, "DriverField");
    let name = c_str(name);
    let [bus, row] = [table.bus_type, table.row].map(|name| Ident::new(name, Span::call_site()));
    let (ids, statics) = ids::table(table.bus, private, marker, cfgs, &row, &table.rows);
    let data = &table.data;
    quote! {
        #statics
        #(#cfgs)*
        impl #field for #marker {
            type Bus = #private::#bus;
            const NAME: &'static ::core::ffi::CStr = #name;
            const IDS: &'static [#private::#row] = &#ids::IDS;
            const DATA: &'static [<#ty as #private::Driver<#private::#bus>>::Id] = &[#(#data),*];
        }
    }
}
