// SPDX-License-Identifier: GPL-2.0-only
//! `#[notifier(CHAIN)]`, and what is known of the trait `NotifierHandler`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{InDevice, Licence, Object, ObjectAttribute, Site};
use crate::errors::Errors;
use crate::handlers::{
    self, AssociatedType, Context, Handler, HandlerTrait, Otherwise, Rules, unit,
};
use crate::instance::Kind;
use crate::instance::statics::Kept;
use crate::syntax::args::{Args, Key};
use crate::tokens::item_at;

/// What is known of the attribute.
pub static ATTRIBUTE: ObjectAttribute = ObjectAttribute {
    name: "notifier",
    also: &["notifier_block", "notify", "notifier_chain"],
    keys: KEYS,
    on: &[Kind::Module, Kind::Device],
    licence: Licence::Any,
    reports_unshared: false,
    kept: Kept::Alone("NotifierObject"),
    in_device: InDevice::Of("NotifierObject"),
    parse,
};

/// A chain.
struct Chain {
    /// Its key.
    name: &'static str,
    /// The type of its events.
    event: &'static str,
    /// What it asks of the licence.
    licence: Licence,
}

/// One that is for modules under the GPL.
const fn gpl(name: &'static str, event: &'static str, exports: &'static str) -> Chain {
    Chain {
        name,
        event,
        licence: Licence::Gpl {
            exports,
            objects: "notifiers of that chain",
        },
    }
}

/// One that is for all modules.
const fn any(name: &'static str, event: &'static str) -> Chain {
    Chain {
        name,
        event,
        licence: Licence::Any,
    }
}

/// The chains.
static CHAINS: [Chain; 9] = [
    any("reboot", "RebootEvent"),
    any("module", "ModuleEvent"),
    any("netdevice", "NetdeviceEvent"),
    any("inetaddr", "InetaddrEvent"),
    gpl("pm", "PmEvent", "`register_pm_notifier()`"),
    gpl("cpu", "CpuEvent", "`__cpuhp_state_add_instance()`"),
    gpl(
        "keyboard",
        "KeyboardEvent",
        "`register_keyboard_notifier()`",
    ),
    gpl("die", "DieEvent", "`register_die_notifier()`"),
    gpl("panic", "PanicEvent", "`atomic_notifier_chain_register()`"),
];

/// A key that is a chain.
const fn chain(name: &'static str, meaning: &'static str, also: &'static [&'static str]) -> Key {
    Key {
        name,
        example: name,
        meaning,
        default: "one chain must be given",
        also,
    }
}

/// The keys.
const KEYS: &[Key] = &[
    chain(
        "reboot",
        "the system is to restart, halt or be switched off: `RebootEvent`; process context",
        &["shutdown", "restart", "poweroff"],
    ),
    chain(
        "module",
        "a module comes, is live, goes: `ModuleEvent`; process context; one that comes can be refused",
        &["modules"],
    ),
    chain(
        "netdevice",
        "a network device comes, goes, is changed: `NetdeviceEvent`; process context; some can be refused",
        &["netdev", "net", "net_device"],
    ),
    chain(
        "inetaddr",
        "a network device gets or loses an address of IPv4: `InetaddrEvent`; process context",
        &["inet", "in_ifaddr", "ipv4"],
    ),
    chain(
        "pm",
        "the system is to sleep, or has woken: `PmEvent`; process context; sleep can be refused",
        &["suspend", "power"],
    ),
    chain(
        "cpu",
        "a CPU comes or goes: `CpuEvent`; process context; one that comes can be refused",
        &["cpuhp", "hotplug"],
    ),
    chain(
        "keyboard",
        "a key of the console: `KeyboardEvent`; atomic context; a key can be taken",
        &["kbd", "key"],
    ),
    chain(
        "die",
        "an oops, or a trap that debuggers are told of: `DieEvent`; atomic context, wherever the kernel is",
        &["oops"],
    ),
    chain(
        "panic",
        "the kernel panics: `PanicEvent`; atomic context, wherever the kernel is",
        &[],
    ),
];

/// A field under `#[notifier]`.
struct Notifier(&'static Chain);

/// Reads the entries.
fn parse(args: &mut Args, _field: &Ident, errors: &mut Errors) -> Option<Box<dyn Object>> {
    let mut given = CHAINS
        .iter()
        .filter_map(|chain| args.take(chain.name).map(|entry| (chain, entry.key)));
    let Some((chain, _)) = given.next() else {
        args.one_of(KEYS, errors);
        return None;
    };
    if let Some((_, another)) = given.next() {
        errors.at(
            another.span(),
            "a notifier is told of one chain",
            "give the other chain a field of its own",
        );
    }
    Some(Box::new(Notifier(chain)))
}

impl Object for Notifier {
    fn attribute(&self) -> &'static ObjectAttribute {
        &ATTRIBUTE
    }

    fn licence(&self) -> &'static Licence {
        &self.0.licence
    }

    fn expand(&self, site: &Site<'_>) -> TokenStream {
        let Site {
            private,
            marker,
            cfgs,
            span,
            ..
        } = site;
        let event = item_at(*span, private, self.0.event);
        quote! {
            #(#cfgs)*
            impl #private::NotifierField for #marker {
                type Event = #event;
            }
        }
    }
}

/// What is known of the trait.
pub static HANDLERS: HandlerTrait = HandlerTrait {
    attribute: handlers::HANDLERS,
    name: "NotifierHandler",
    documented_as: "notifier_handlers",
    table: None,
    has_more: false,
    handlers: &[Handler {
        name: "notify",
        caller: "the kernel, when it tells the chain",
        context: Context::Chain,
        absent: "must be there",
        otherwise: Otherwise::Missing,
    }],
    types: &[
        unit("Module"),
        unit("Instance"),
        AssociatedType {
            name: "Event",
            default: None,
        },
    ],
    keys: &[],
    ready_made: &[],
    also: &[
        ("notifier_call", "notify"),
        ("notified", "notify"),
        ("event", "notify"),
        ("Chain", "Event"),
    ],
    not_ready_made: &[],
    why_shared: "it may run on several CPUs at once",
    rules: Rules::NONE,
};
