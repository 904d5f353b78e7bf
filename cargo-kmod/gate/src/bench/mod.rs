// SPDX-License-Identifier: GPL-2.0-only
//! What modules cost, next to their C twins.
//!
//! The modules and twins are in `bench/`, with `kmod-meter`, the program that uses them in the VM;
//! `growth` writes more, that declare many objects. `measure` goes through the subjects: `modules`
//! builds, `guest` boots, `rebuild`, `edit` and `first` take the time of builds, tests, first steps. `figures` is
//! what they find, `report` what follows from it, `bars` what it must be, `baseline` what it was,
//! `history` since which commit; `table` and `html` show it.

mod bars;
mod baseline;
mod edit;
mod figures;
mod first;
mod growth;
mod guest;
mod history;
mod html;
mod measure;
mod modules;
mod rebuild;
mod report;
mod table;
mod workspace;

pub use baseline::Baseline;
pub use history::{again, bisect};
pub use measure::{Bench, EXACT, SUBJECTS};
pub use report::Format;
