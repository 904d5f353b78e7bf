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

/// A handler of a device's power.
const fn power(name: &'static str, caller: &'static str, absent: &'static str) -> Handler {
    Handler {
        name,
        caller,
        context: Context::Process,
        absent,
        otherwise: Otherwise::NullSlot,
    }
}

/// All of them.
const HANDLERS: [Handler; 7] = [
    PROBE,
    REMOVE,
    SHUTDOWN,
    power(
        "suspend",
        "the driver core, when the system goes to sleep",
        "what the bus does with a device",
    ),
    power(
        "resume",
        "the driver core, when the system has slept",
        "what the bus does with a device",
    ),
    power(
        "runtime_suspend",
        "runtime power management, when nobody uses the device",
        "what the bus does with a device",
    ),
    power(
        "runtime_resume",
        "runtime power management, when somebody wants to use the device",
        "what the bus does with a device",
    ),
];

/// All of them, and the others of a trait that has `ALL`.
pub const fn with<const ALL: usize>(others: &[Handler]) -> [Handler; ALL] {
    assert!(ALL == HANDLERS.len() + others.len());
    let mut all = [PROBE; ALL];
    let mut at = 0;
    while at < ALL {
        all[at] = match at.checked_sub(HANDLERS.len()) {
            None => HANDLERS[at],
            Some(other) => others[other],
        };
        at += 1;
    }
    all
}

/// The struct of a device.
const DEVICE: AssociatedType = AssociatedType {
    name: "Device",
    default: None,
};

/// The types of a driver.
const TYPES: &[AssociatedType] = &[unit("Module"), DEVICE, unit("Id")];

/// What the handlers are called elsewhere.
const ALSO: &[(&str, &str)] = &[
    ("bind", "probe"),
    ("unbind", "remove"),
    ("disconnect", "remove"),
    ("reboot", "shutdown"),
    ("freeze", "suspend"),
    ("poweroff", "suspend"),
    ("thaw", "resume"),
    ("restore", "resume"),
    ("runtime_idle", "runtime_suspend"),
];

/// Why handlers take `&self`.
const WHY_SHARED: &str = "devices are found and taken away at once";

/// What is known of the trait of this name.
pub const fn handlers(name: &'static str, documented_as: &'static str) -> HandlerTrait {
    HandlerTrait {
        attribute: handlers::HANDLERS,
        name,
        documented_as,
        table: Some("DriverHandlers"),
        has_more: false,
        handlers: &HANDLERS,
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
    let row = Ident::new(table.row, Span::call_site());
    let (ids, statics) = ids::table(table.bus, site, &row, &table.rows, 0);
    let field = field(
        site,
        name,
        table.bus_type,
        &row,
        &quote!(#ids::IDS),
        &table.data,
    );
    quote! {
        #statics
        #field
    }
}

/// That the field is a driver of this name, with a table of ids that is such rows.
pub fn field(
    site: &Site<'_>,
    name: &str,
    bus_type: &str,
    row: &Ident,
    ids: &TokenStream,
    data: &[TokenStream],
) -> TokenStream {
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
    let bus = Ident::new(bus_type, Span::call_site());
    quote! {
        #(#cfgs)*
        impl #field for #marker {
            type Bus = #private::#bus;
            const NAME: &'static ::core::ffi::CStr = #name;
            const IDS: &'static [#private::#row] = &#ids;
            const DATA: &'static [<#ty as #private::Driver<#private::#bus>>::Id] = {
                use #private::MadeElsewhere as _;
                <<#ty as #private::Driver<#private::#bus>>::Device>::MADE_BY_A_DRIVER;
                &[#(#data),*]
            };
        }
    }
}
