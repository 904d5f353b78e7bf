// SPDX-License-Identifier: GPL-2.0-only
//! The same inputs to a module and to its C twin, and what each made of them.

use std::fmt::{Debug, Display};
use std::io;

/// How many differences a failing test shows.
const SHOWN: usize = 20;

/// Compares a module with its twin, input by input; all differences are told at the end.
///
/// ```no_run
/// let mut parity = kmod_test::Parity::default();
/// for input in ["", "1", "0x10"] {
///     let both = ["vm_sysctl", "vm_sysctl_c"];
///     parity.case(input, both.map(|dir| {
///         kmod_test::errno(kmod_test::set_sysctl(&format!("{dir}/u32"), input))
///     }));
/// }
/// parity.end();
/// ```
#[derive(Debug, Default)]
pub struct Parity {
    compared: usize,
    differences: Vec<String>,
}

impl Parity {
    /// Compares what the module and the twin, in this order, made of one input.
    pub fn case<T: PartialEq + Debug>(&mut self, input: impl Display, [ours, twin]: [T; 2]) {
        self.compared += 1;
        if ours != twin {
            self.differences
                .push(format!("{input}: ours {ours:?}, twin's {twin:?}"));
        }
    }

    /// Says how many inputs were compared.
    ///
    /// # Panics
    /// If there was a difference, with the first of them; or no input at all.
    #[track_caller]
    pub fn end(self) {
        let Self {
            compared,
            differences,
        } = self;
        assert!(compared > 0, "no input was compared");
        assert!(
            differences.is_empty(),
            "{} of {compared} inputs differ:\n{}",
            differences.len(),
            differences[..differences.len().min(SHOWN)].join("\n")
        );
        println!("{compared} inputs compared, 0 differences");
    }
}

/// The value, or the errno.
///
/// # Errors
/// The errno of a failed system call.
///
/// # Panics
/// If the error is not one of a system call.
pub fn errno<T>(result: io::Result<T>) -> Result<T, i32> {
    result.map_err(|error| {
        error
            .raw_os_error()
            .unwrap_or_else(|| panic!("not a system call's error: {error}"))
    })
}

#[cfg(test)]
mod tests {
    use super::Parity;

    #[test]
    fn the_same_is_no_difference() {
        let mut parity = Parity::default();
        parity.case("input", [Ok::<_, i32>(1), Ok(1)]);
        parity.end();
    }

    #[test]
    #[should_panic = "1 of 2 inputs differ:\n0x: ours Err(22), twin's Ok(0)"]
    fn a_difference_is_told_with_its_input() {
        let mut parity = Parity::default();
        parity.case("1", [Ok(1), Ok::<_, i32>(1)]);
        parity.case("0x", [Err(22), Ok(0)]);
        parity.end();
    }

    #[test]
    #[should_panic = "no input was compared"]
    fn nothing_compared_is_no_proof() {
        Parity::default().end();
    }
}
