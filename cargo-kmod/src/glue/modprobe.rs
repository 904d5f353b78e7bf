// SPDX-License-Identifier: GPL-2.0-only
//! The file for `/etc/modprobe.d`: each parameter with what it does, and a line to be taken out of its comment.

use std::fmt::Write as _;

use super::{commented, origin};
use crate::uapi::{Module, ModuleParam};

/// The file; none if the module has no parameters.
pub fn file(module: &Module) -> Option<String> {
    if module.params.is_empty() {
        return None;
    }
    let name = &module.name;
    let mut text = origin("#");
    let _ = write!(
        text,
        "#\n# Parameters of the module {name}: take the `#` away before `options`, and set the value.\n\
         # They hold from the next time on that the module is loaded.\n"
    );
    for param in &module.params {
        text += "\n";
        text += &commented(&param.docs, "#");
        text += &commented(&facts(param), "#");
        let _ = writeln!(text, "#options {name} {}={}", param.name, value(param));
    }
    Some(text)
}

/// What is known of a parameter beside what its author says: type, default and range.
pub fn facts(param: &ModuleParam) -> String {
    let mut facts = format!("Type: {}.", param.r#type);
    if !param.default.is_empty() {
        let _ = write!(facts, " Default: {}.", param.default);
    }
    match (&*param.min, &*param.max) {
        ("", "") => {}
        (min, "") => _ = write!(facts, " At least {min}."),
        ("", max) => _ = write!(facts, " At most {max}."),
        (min, max) => _ = write!(facts, " From {min} to {max}."),
    }
    facts
}

/// A value in the form that modprobe takes: with blanks, it stands between quotes.
fn value(param: &ModuleParam) -> String {
    match param.default.contains([' ', '\t']) {
        true => format!("\"{}\"", param.default),
        false => param.default.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_described_and_commented_out() {
        let param = ModuleParam {
            name: "start".into(),
            r#type: "uint".into(),
            docs: "First number\n\nhanded out".into(),
            default: "1 2".into(),
            min: "1".into(),
            max: String::new(),
            mode: 0,
        };
        let module = Module {
            name: "ticket".into(),
            description: String::new(),
            license: "GPL".into(),
            authors: Vec::new(),
            params: vec![param],
        };
        let text = file(&module).unwrap();
        assert!(
            text.ends_with(
                "\n# First number\n#\n# handed out\n# Type: uint. Default: 1 2. At least 1.\n\
                 #options ticket start=\"1 2\"\n"
            ),
            "{text}"
        );
        // Whatever a doc comment says, no line of it is read.
        assert!(
            text.lines()
                .all(|line| line.is_empty() || line.starts_with('#'))
        );
    }
}
