// SPDX-License-Identifier: GPL-2.0-only
//! The keys: what the kernel has ready for a slot.

use super::{HandlerImpl, HandlerTrait, ReadyMade, Value};
use crate::errors::{Errors, closest, listed};

/// Applies the rules, and takes out what breaks them.
pub fn check(handlers: &mut HandlerImpl, errors: &mut Errors) {
    let of = handlers.of;
    let all = handlers.ready_made.iter();
    let breaks_none = all.map(|ready| {
        let before = errors.count();
        known(of, ready, errors);
        if errors.count() == before {
            argument(of, ready, errors);
            (of.rules.fits)(ready, handlers, errors);
        }
        errors.count() == before
    });
    let mut breaks_none = breaks_none.collect::<Vec<_>>().into_iter();
    handlers
        .ready_made
        .retain(|_| breaks_none.next().unwrap_or_default());
}

/// The kernel has it, and for this slot.
fn known(of: &HandlerTrait, ready: &ReadyMade, errors: &mut Errors) {
    let ReadyMade {
        key, name, span, ..
    } = ready;
    let names: Vec<_> = of.functions(key).map(|function| function.name).collect();
    if names.contains(&name.as_str()) {
        return;
    }
    let mut others = of.not_ready_made.iter();
    let also = others.find(|(other, _)| other == name);
    let help = match (also, closest(name, names.iter().copied())) {
        (Some((_, help)), _) => (*help).to_owned(),
        (None, Some(meant)) => format!("did you mean `{meant}`?"),
        (None, None) => format!("the kernel has {} for it", listed(names)),
    };
    errors.at(*span, format!("`{key}` cannot be `{name}`"), help);
}

/// It has an argument if it takes one.
fn argument(of: &HandlerTrait, ready: &ReadyMade, errors: &mut Errors) {
    let ReadyMade {
        key, name, span, ..
    } = ready;
    let takes = of
        .function(ready)
        .and_then(|function| match &function.value {
            Value::VariantOf(_, _, argument) => Some(argument),
            Value::True | Value::Variant(..) => None,
        });
    match (takes, &ready.argument) {
        (Some(takes), None) => {
            errors.at(*span, format!("`{name}` needs {}", takes.what), takes.help);
        }
        (Some(_), Some(_)) | (None, None) => {}
        (None, Some(argument)) => errors.on(
            argument,
            format!("`{name}` takes nothing"),
            format!("write `{key} = {name}`"),
        ),
    }
}
