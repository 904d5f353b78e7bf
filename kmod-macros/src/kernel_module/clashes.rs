// SPDX-License-Identifier: GPL-2.0-only
//! What there can be only one of.

use std::collections::HashMap;

use proc_macro2::Span;

use crate::errors::Errors;
use crate::kernel_module::Module;
use crate::objects::Object;
use crate::syntax::Text;
use crate::syntax::forms::name_of;

/// No two devices, file systems, parameters or sysctls have one name.
pub fn check(module: &Module, errors: &mut Errors) {
    let mut devices = Seen::new("device", "give them different names");
    let mut nodes = Seen::new("node", "give them different paths");
    let mut filesystems = Seen::new("file system", "give them different names");
    let mut sysctls = Seen::new("sysctl", "give them different paths");
    for field in &module.fields {
        match &field.object {
            Some(Object::Chrdev(chrdev)) => {
                devices.see(&chrdev.name, errors);
                nodes.see_some(chrdev.nodename.as_ref(), errors);
            }
            Some(Object::Misc(misc)) => {
                devices.see(&misc.name, errors);
                nodes.see_some(misc.nodename.as_ref(), errors);
            }
            Some(Object::ChrdevRegion(region)) => devices.see(&region.name, errors),
            Some(Object::Filesystem(filesystem)) => filesystems.see(&filesystem.name, errors),
            Some(Object::Sysctl(sysctl)) => sysctls.see(&sysctl.path, errors),
            None => {}
        }
    }
    sysctls.below_another(errors);
    let mut params = Seen::new("parameter", "leave one of them out, or rename it");
    let mut accessors = Seen::new("parameter", "leave one of them out, or rename it");
    for param in &module.params {
        let before = errors.count();
        params.see(&param.name, errors);
        if errors.count() == before {
            accessors.see(&name_of(&param.ident), errors);
        }
    }
}

struct Seen {
    what: &'static str,
    help: &'static str,
    names: HashMap<String, Span>,
}

impl Seen {
    fn new(what: &'static str, help: &'static str) -> Self {
        Self {
            what,
            help,
            names: HashMap::new(),
        }
    }

    fn see(&mut self, name: &Text, errors: &mut Errors) {
        if self.names.insert(name.value.clone(), name.span).is_some() {
            errors.at(
                name.span,
                format!("there is a {} `{}` already", self.what, name.value),
                self.help,
            );
        }
    }

    fn see_some(&mut self, name: Option<&Text>, errors: &mut Errors) {
        if let Some(name) = name {
            self.see(name, errors);
        }
    }

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
                    self.help,
                );
            }
        }
    }
}
