// SPDX-License-Identifier: GPL-2.0-only
//! What the drivers of most buses have in common: handlers, and what becomes of a field.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{Site, ids};
use crate::handlers::{AssociatedType, Context, Handler, Otherwise, unit};
use crate::tokens::{c_str, item_at};

/// Makes the struct of a device.
pub const PROBE: Handler = Handler {
    name: "probe",
    caller: "the driver core, which has found a device",
    context: Context::Process,
    absent: "must be there",
    otherwise: Otherwise::Missing,
};

/// Before a device goes.
pub const REMOVE: Handler = Handler {
    name: "remove",
    caller: "the driver core, which takes a device away",
    context: Context::Process,
    absent: "nothing more than dropping the device",
    otherwise: Otherwise::NullSlot,
};

/// Before the machine goes.
pub const SHUTDOWN: Handler = Handler {
    name: "shutdown",
    caller: "`reboot(2)`",
    context: Context::Process,
    absent: "the device is left as it is",
    otherwise: Otherwise::NullSlot,
};

/// The types of a driver with ids.
pub const TYPES: &[AssociatedType] = &[
    unit("Module"),
    AssociatedType {
        name: "Device",
        default: None,
    },
    unit("Id"),
];

/// What the handlers are called elsewhere.
pub const ALSO: &[(&str, &str)] = &[
    ("bind", "probe"),
    ("unbind", "remove"),
    ("disconnect", "remove"),
    ("reboot", "shutdown"),
];

/// Why handlers take `&self`.
pub const WHY_SHARED: &str = "devices are found and taken away at once";

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
