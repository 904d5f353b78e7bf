// SPDX-License-Identifier: GPL-2.0-only
//! What modules cost, next to their C twins.
//!
//! The modules and twins are in `bench/`, with `kmod-meter`, the program that uses them in the VM.
//! `measure` builds and boots; `report` is the figures and what follows from them; `growth` writes
//! modules that declare many objects.

mod baseline;
mod growth;
mod html;
mod measure;
mod report;
mod table;

pub use baseline::Baseline;
pub use measure::{MODULES, SUBJECTS, measure};
pub use report::Format;
