// SPDX-License-Identifier: GPL-2.0-only
//! `#[file_operations(open = …, llseek = …, …)] impl FileOperations for …`, and so on.

use proc_macro2::{Span, TokenStream};
use syn::{Expr, ItemImpl};

use super::{HandlerImpl, HandlerTrait, ReadyMade};
use crate::errors::Errors;
use crate::syntax::args::Args;
use crate::syntax::forms::strip;

/// Reads the attribute and the `impl` under it.
pub fn parse(
    of: &'static HandlerTrait,
    args: TokenStream,
    item: ItemImpl,
    errors: &mut Errors,
) -> HandlerImpl {
    let mut args = Args::parse(of.attribute, Span::call_site(), args, of.keys, errors);
    let keys = of.keys.iter();
    let ready_made = keys.filter_map(|key| ready_made(key.name, &mut args, errors));
    HandlerImpl {
        of,
        item,
        ready_made: ready_made.collect(),
        written: args.written,
        misplaced: false,
    }
}

/// `function` or `function(argument)`.
fn ready_made(key: &'static str, args: &mut Args, errors: &mut Errors) -> Option<ReadyMade> {
    let (entry, value) = args.expr(key, "a name of the kernel's", errors)?;
    let (path, argument) = match strip(&value) {
        Expr::Call(call) if call.args.len() == 1 => (strip(&call.func), call.args.first()),
        other => (other, None),
    };
    if let Expr::Path(path) = path
        && let Some(name) = path.path.get_ident()
    {
        return Some(ReadyMade {
            key,
            name: name.to_string(),
            span: name.span(),
            argument: argument.cloned(),
        });
    }
    entry.wrong(&value, "a name of the kernel's", errors);
    None
}
