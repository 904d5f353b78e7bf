// SPDX-License-Identifier: GPL-2.0-only
//! What becomes of panics.

use crate::errors::{Errors, closest};
use crate::model::Text;

/// The value under which a module that can panic is not built.
pub const FORBID: &str = "forbid";

const VALUES: [&str; 2] = ["bug", FORBID];

/// The value is one that there is.
pub fn check(panic: &Text, errors: &mut Errors) {
    let value = panic.value.as_str();
    if VALUES.contains(&value) {
        return;
    }
    let help = match closest(value, VALUES) {
        Some(meant) => format!("did you mean `\"{meant}\"`?"),
        None if value == "abort" => {
            "write `\"bug\"`: that is how the kernel ends what went wrong".to_owned()
        }
        None => "write `panic = \"forbid\"`, or leave it out".to_owned(),
    };
    errors.at(panic.span, "`panic` takes `\"bug\"` or `\"forbid\"`", help);
}
