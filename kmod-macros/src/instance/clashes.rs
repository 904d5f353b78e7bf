// SPDX-License-Identifier: GPL-2.0-only
//! Names of which there can be only one each.

use std::collections::HashMap;

use proc_macro2::Span;

use crate::errors::Errors;
use crate::syntax::Text;

/// Where a name can stand once.
pub struct Namespace {
    /// What has the name.
    pub of: &'static str,
    /// What is to be done about two.
    pub help: &'static str,
    /// Its names are paths in one tree: what has one is not the folder of another.
    pub is_tree: bool,
}

/// The names that were seen, of some namespaces.
#[derive(Default)]
pub struct Clashes(Vec<Seen>);

struct Seen {
    namespace: &'static Namespace,
    names: HashMap<String, Span>,
}

impl Clashes {
    /// Reports a name that is there already.
    pub fn see(&mut self, namespace: &'static Namespace, name: &Text, errors: &mut Errors) {
        let mut known = self.0.iter();
        let index = known.position(|seen| std::ptr::eq(seen.namespace, namespace));
        let index = index.unwrap_or_else(|| {
            let names = HashMap::new();
            self.0.push(Seen { namespace, names });
            self.0.len() - 1
        });
        let names = &mut self.0[index].names;
        if names.insert(name.value.clone(), name.span).is_some() {
            errors.at(
                name.span,
                format!("there is a {} `{}` already", namespace.of, name.value),
                namespace.help,
            );
        }
    }

    /// Reports what is the folder of another one, once all names have been seen.
    pub fn below_another(&self, errors: &mut Errors) {
        let trees = self.0.iter().filter(|seen| seen.namespace.is_tree);
        for tree in trees {
            tree.below_another(errors);
        }
    }
}

impl Seen {
    /// A path that is the folder of another one.
    fn below_another(&self, errors: &mut Errors) {
        let mut paths: Vec<_> = self.names.iter().collect();
        paths.sort_by_key(|(path, _)| *path);
        for (path, span) in &paths {
            let folder = format!("{path}/");
            // What is below it follows it in the order.
            let after = paths.partition_point(|(other, _)| **other < folder);
            let below = paths.get(after);
            if let Some((below, _)) = below.filter(|(other, _)| other.starts_with(&folder)) {
                errors.at(
                    **span,
                    format!("`{path}` is the folder of `{below}`, so it cannot be a value"),
                    self.namespace.help,
                );
            }
        }
    }
}
