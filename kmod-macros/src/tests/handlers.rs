// SPDX-License-Identifier: GPL-2.0-only
//! What holds of handlers whatever their trait is, shown by one that exists only here.

use proc_macro2::TokenStream;
use quote::quote;

use super::{NONE, messages};
use crate::attributes;
use crate::documentation::{Rows, Table};
use crate::handlers::{
    Argument, AssociatedType, Context, Function, Handler, HandlerTrait, Otherwise, Rules, Value,
};
use crate::syntax::args::Key;

/// The handlers of an engine: one is made by its driver, and ticks in an interrupt.
static ENGINE: HandlerTrait = HandlerTrait {
    attribute: "engine_operations",
    name: "EngineOperations",
    documented_as: "engine handlers",
    table: Some("EngineHandlers"),
    has_more: true,
    handlers: &[
        Handler {
            name: "make",
            caller: "the driver",
            context: Context::Process,
            absent: "it has no state",
            otherwise: Otherwise::Function(|handlers, krate| {
                let made = handlers.ty("State").map(|(_, ty)| ty);
                quote!(fn make(&self) -> #krate::Result<#made> { loop {} })
            }),
        },
        handler("start", Context::Process),
        handler("tick", Context::Atomic),
    ],
    types: &[
        AssociatedType {
            name: "Module",
            default: Some("()"),
        },
        AssociatedType {
            name: "State",
            default: None,
        },
    ],
    keys: &[Key {
        name: "tick",
        example: "tick = tick_never",
        meaning: "how it ticks",
        default: "the handler",
        also: &["beat"],
    }],
    ready_made: &[
        Function {
            key: "tick",
            name: "tick_never",
            field: "tick_as",
            value: Value::Variant("TickAs", "Never"),
        },
        Function {
            key: "tick",
            name: "tick_each",
            field: "tick_as",
            value: Value::VariantOf(
                "TickAs",
                "Each",
                Argument {
                    what: "the time",
                    help: "write `tick = tick_each(100)`",
                },
            ),
        },
    ],
    also: &[("begin", "start")],
    not_ready_made: &[("tick_always", "write `tick = tick_each(1)`")],
    why_shared: "it ticks while it is started",
    rules: Rules::NONE,
};

const fn handler(name: &'static str, context: Context) -> Handler {
    Handler {
        name,
        caller: "the engine",
        context,
        absent: "nothing",
        otherwise: Otherwise::NullSlot,
    }
}

fn engine(args: &str, item: &str) -> TokenStream {
    let [args, item] = [args, item].map(|source| source.parse().expect("it is tokens"));
    attributes::handlers(&ENGINE, args, item, &quote!(::kmod_core))
}

/// What is wrong with an `impl` with these items.
fn wrong(args: &str, items: &str) -> Vec<String> {
    let item = format!("impl EngineOperations for Motor {{ type State = u8; {items} }}");
    messages(engine(args, &item))
}

#[test]
fn what_is_there_is_told_and_what_was_left_out_is_inserted() {
    let expansion = engine(
        "tick = tick_each(100)",
        "impl EngineOperations for Motor {
            type State = u8;
            #[cfg(fast)]
            fn start(&self) {}
        }",
    );
    assert_eq!(messages(expansion.clone()), NONE);
    let keys = quote! {
        const _: &[()] = &[
            ::kmod_core::__private::keys::engine_operations::ATTRIBUTE,
            ::kmod_core::__private::keys::engine_operations::tick,
        ];
    };
    let expected = quote! {
        #keys
        impl EngineOperations for Motor {
            type Module = ();
            const HANDLERS: ::kmod_core::__private::EngineHandlers =
                ::kmod_core::__private::EngineHandlers {
                    start: ::core::cfg!(all(fast)),
                    tick_as: ::kmod_core::__private::TickAs::Each(100),
                    ..::kmod_core::__private::EngineHandlers::NONE
                };
            fn make(&self) -> ::kmod_core::Result<u8> { loop {} }
            type State = u8;
            #[cfg(fast)]
            fn start(&self) {}
        }
    };
    assert_eq!(expansion.to_string(), expected.to_string());
}

#[test]
fn what_the_trait_has_not_is_reported_in_its_own_words() {
    for (args, items, rule, help) in [
        (
            "",
            "fn strat(&self) {}",
            "`EngineOperations` has no handler `strat`",
            "did you mean `start`?",
        ),
        (
            "",
            "fn begin(&self) {}",
            "`EngineOperations` has no handler `begin`",
            "did you mean `start`?",
        ),
        (
            "",
            "fn horsepower(&self) {}",
            "`EngineOperations` has no handler `horsepower`",
            "the handlers are `make`, `start` and `tick`; put other functions into an `impl` of \
             the type itself",
        ),
        (
            "",
            "type Fuel = u8;",
            "`EngineOperations` has no type `Fuel`",
            "the types are `Module` and `State`; leave it out",
        ),
        (
            "",
            "fn tick(&mut self) {}",
            "`tick` takes `&self`: it ticks while it is started",
            "write `&self`, and put what changes into a `Mutex`, a `SpinLock` or an atomic",
        ),
        (
            "beat = tick_never",
            "",
            "`#[engine_operations]` has no key `beat`",
            "did you mean `tick`?",
        ),
        (
            "tick = tick_nver",
            "",
            "`tick` cannot be `tick_nver`",
            "did you mean `tick_never`?",
        ),
        (
            "tick = tick_always",
            "",
            "`tick` cannot be `tick_always`",
            "write `tick = tick_each(1)`",
        ),
        (
            "tick = tick_each",
            "",
            "`tick_each` needs the time",
            "write `tick = tick_each(100)`",
        ),
        (
            "tick = tick_never(1)",
            "",
            "`tick_never` takes nothing",
            "write `tick = tick_never`",
        ),
    ] {
        assert_eq!(wrong(args, items), [format!("{rule}\n= help: {help}")]);
    }
}

#[test]
fn an_item_of_another_kind_is_reported() {
    let of_another = messages(engine("", "impl FileOperations for Motor {}"));
    assert_eq!(
        of_another,
        [
            "`#[engine_operations]` belongs on an `impl EngineOperations`\n\
          = help: write `impl EngineOperations for …`"
        ]
    );
    let on_struct = messages(engine("", "struct Motor;"));
    assert_eq!(
        on_struct,
        ["`#[engine_operations]` belongs on an `impl`\n\
          = help: write `#[engine_operations] impl EngineOperations for …`"]
    );
}

#[test]
fn the_documentation_says_where_a_handler_runs() {
    let table = Table {
        attribute: ENGINE.documented_as,
        rows: Rows::Handlers(&ENGINE),
    };
    let expected = "\
| handler | called by | context | when absent |
|---|---|---|---|
| `make` | the driver | process | it has no state |
| `start` | the engine | process | nothing |
| `tick` | the engine | atomic | nothing |
";
    assert_eq!(table.markdown(), expected);
}
